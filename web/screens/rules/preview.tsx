/** Who stands in the rule's stages now. Nothing is sent by looking; to one at a time, by hand, it may be. */
import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { api, got, type Schemas } from '../../hub/client.ts';
import { choicesQuery, nameOf } from '../../parts/choices.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import type { Rule } from './queries.ts';
import classes from '../../parts/paged-list.module.css';
import { SendNow } from './send-now.tsx';
import type { About } from './values.ts';
import { words } from './words.ts';

type Candidate = Schemas['RulePreview']['candidates'][number];

export const Preview = ({
  about,
  rule,
  isUnsaved,
}: {
  about: About | null;
  /** As stored; null: the preview is of what a form holds. */
  rule: Rule | null;
  isUnsaved: boolean;
}) => {
  // The ATS is asked when a person wants to know, and from then on whenever the question changes.
  const [isAsked, setAsked] = useState(false);
  const preview = useQuery({
    queryKey: ['rule-preview', rule?.id ?? null, about],
    queryFn: () =>
      rule === null && about !== null
        ? got(api.POST('/api/v1/rules/preview', { body: about }))
        : got(api.GET('/api/v1/rules/{id}/preview', { params: { path: { id: rule?.id ?? '' } } })),
    enabled: isAsked && about !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <Card component="section" withBorder radius="lg" padding="lg">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4">
            {words.preview.title}
          </Title>
          <Text size="sm" c="dimmed">
            {about === null ? words.preview.choose : words.preview.text}
          </Text>
        </div>
        {about !== null && (
          <>
            <Group>
              <Button
                variant="default"
                loading={preview.isFetching}
                onClick={() => {
                  if (isAsked) void preview.refetch();
                  else setAsked(true);
                }}
              >
                {isAsked ? words.preview.again : words.preview.look}
              </Button>
              {isUnsaved && (
                <Text size="sm" c="dimmed">
                  {words.preview.unsaved}
                </Text>
              )}
            </Group>
            {preview.isLoading && <Loading />}
            {preview.isError && <ProblemNote error={preview.error} />}
            {preview.data && <Found found={preview.data} about={about} rule={rule} />}
          </>
        )}
      </Stack>
    </Card>
  );
};

const Found = ({
  found: { count, more, candidates },
  about,
  rule,
}: {
  found: Schemas['RulePreview'];
  about: About;
  rule: Rule | null;
}) => {
  const stages = useQuery(choicesQuery(about.connectionId, 'stages')).data;
  if (count === 0)
    return <EmptyState icon="people" title={words.preview.none} text={words.preview.noneText} />;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600} aria-live="polite">
        {words.preview.count(count, more)}
        {count > candidates.length && ` ${words.preview.first(candidates.length)}`}
      </Text>
      <ul className={classes.list} aria-label={words.preview.list}>
        {candidates.map((candidate) => (
          <li key={candidate.remoteId} className={classes.row}>
            <Row candidate={candidate} stage={nameOf(candidate.stageId, stages)} rule={rule} />
          </li>
        ))}
      </ul>
    </Stack>
  );
};

const Row = ({
  candidate,
  stage,
  rule,
}: {
  candidate: Candidate;
  stage: string;
  rule: Rule | null;
}) => {
  const mayAct = useMay()('candidates.act');
  const { name, email, url } = candidate;
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div>
        <Anchor
          href={url}
          target="_blank"
          rel="noreferrer"
          size="sm"
          fw={600}
          aria-label={words.preview.open(name)}
        >
          {name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {email ?? words.preview.noEmail} · {stage}
        </Text>
      </div>
      {rule !== null && mayAct && <SendNow rule={rule} candidate={candidate} />}
    </Group>
  );
};
