/** One message as its reader would see it: the text, and the invite as it travelled. */
import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, got } from '../../hub/client.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Time } from '../../parts/time.tsx';
import classes from './mails.module.css';
import { StateBadge } from './state-badge.tsx';
import { words } from './words.ts';

const back = { to: '/mails', label: words.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/mails/$id' });
  const mail = useQuery({
    queryKey: ['mails', 'one', id],
    queryFn: () => got(api.GET('/api/v1/mails/{id}', { params: { path: { id } } })),
  });
  if (mail.isPending) return <Loading />;
  if (mail.isError) return <ProblemNote error={mail.error} retry={() => void mail.refetch()} />;
  const { subject, state, error, from, to, createdAt, settledAt, interviewId, text, calendar } =
    mail.data;
  return (
    <Frame
      title={subject}
      back={back}
      actions={
        <Button component="a" variant="default" href={`/api/v1/mails/${id}/eml`} download>
          {words.download}
        </Button>
      }
    >
      <Card withBorder radius="lg" padding="lg">
        <Stack gap="xs">
          <StateBadge state={state} />
          {error !== null && <Text size="sm">{error}</Text>}
          <Fact label={words.to}>{to}</Fact>
          <Fact label={words.from}>{`${from.name} <${from.address}>`}</Fact>
          <Fact label={words.written}>
            <Time at={createdAt} />
          </Fact>
          {settledAt !== null && (
            <Fact label={words.settled}>
              <Time at={settledAt} />
            </Fact>
          )}
          {interviewId !== null && (
            <Fact label={words.interview}>
              <Anchor component={Link} to={`/interviews/${interviewId}`} size="sm">
                {words.openInterview}
              </Anchor>
            </Fact>
          )}
        </Stack>
      </Card>
      <Part title={words.text} text={text} />
      {calendar !== null && <Part title={words.invite[calendar.method]} text={calendar.content} />}
    </Frame>
  );
};

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <Group gap="sm" wrap="wrap">
    <Text size="sm" c="dimmed" w="7rem">
      {label}
    </Text>
    <Text size="sm" component="div">
      {children}
    </Text>
  </Group>
);

/** As text, whatever stands in it: candidates and templates have a say there. */
const Part = ({ title, text }: { title: string; text: string }) => (
  <section>
    <Title order={2} size="h4" mb="sm">
      {title}
    </Title>
    <Card withBorder radius="lg" padding="lg">
      <Text size="sm" component="div" className={classes.letter ?? ''}>
        {text}
      </Text>
    </Card>
  </section>
);
