/** Score, verdict and report, once the test is handed in. */
import { Button, Card, Stack, Text, Title } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { isWeb } from '../../parts/is-web.ts';
import { words } from './words.ts';

export type Test = NonNullable<Schemas['TestPage']['test']>;

/** `738/900 (82 %)`, as far as the platform told. */
const scoreText = ({ score, maxScore, percent }: Test): string | null => {
  const share = percent === null ? null : `${String(Math.round(percent))} %`;
  if (score === null || (maxScore === null && share !== null)) return share;
  const points = maxScore === null ? String(score) : `${String(score)}/${String(maxScore)}`;
  return share === null ? points : `${points} (${share})`;
};

export const Result = ({ test }: { test: Test }) => {
  const { status, verdict, reportUrl } = test;
  const score = scoreText(test);
  const isDone = status === 'completed' || status === 'pending_review';
  const hasReport = reportUrl !== null && isWeb(reportUrl);
  if (!isDone && score === null && verdict === null) return null;
  return (
    <Card component="section" aria-label={words.result} withBorder padding="md" radius="lg">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.result}
        </Title>
        {score === null ? (
          <Text>{words.noScore}</Text>
        ) : (
          <Text fw={650} size="xl">
            {score}
          </Text>
        )}
        {verdict !== null && (
          <div>
            <Text size="sm" c="dimmed">
              {words.verdict}
            </Text>
            <Text>{verdict}</Text>
          </div>
        )}
        {hasReport ? (
          <Button
            component="a"
            href={reportUrl}
            target="_blank"
            rel="noreferrer"
            size="md"
            fullWidth
          >
            {words.report}
          </Button>
        ) : (
          <Text c="dimmed">{words.noReport}</Text>
        )}
      </Stack>
    </Card>
  );
};
