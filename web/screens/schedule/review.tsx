/** What everybody gets, what will be made and what is wrong, before it is sent or held. */
import { Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { isSignedOut, problemOf } from '../../hub/problem.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PartyPreview } from '../../parts/party-preview/party-preview.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Overrides, overridableOf, useOverrides } from './overrides.tsx';
import { PartyText } from './party-text.tsx';
import {
  type Arrangement,
  bookingOf,
  type Draft,
  type Plan,
  spanOf,
  type Times,
  timesOf,
} from './plan.ts';
import { previewQuery } from './queries.ts';
import classes from './schedule.module.css';
import { Settings } from './settings.tsx';
import { Span } from './span.tsx';
import { Taken } from './taken.tsx';
import { useSend } from './use-send.ts';
import { useSettled } from './use-settled.ts';
import { words } from './words.ts';

export const Review = ({
  draft,
  plan,
  onPlan,
  events,
  given,
  onTimes,
  onBack,
  onSent,
}: {
  draft: Draft;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  events: Arrangement;
  /** What the chosen option has to override, for it was given up. */
  given: readonly string[];
  /** Another time or other people, as the hub offers them when the chosen have gone. */
  onTimes: (times: Times) => void;
  onBack: () => void;
  onSent: (interview: Schemas['InterviewWithEffects'], undoSeconds: number) => void;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const overrides = useOverrides(given);
  const [now, isSettled] = useSettled({ plan, events });
  const preview = useQuery(
    previewQuery(bookingOf(draft, now.plan, now.events, { state: 'confirmed', ...overrides.taken })),
  );
  const [open, setOpen] = useState<string | null>(null);
  const send = useSend(onSent);
  const problems = preview.data?.problems ?? [];
  const { asked, rest } = overridableOf(problems, given);
  const stops = rest.some(({ blocks }) => blocks) || asked.some(({ code }) => !overrides.has(code));
  const isStale = !isSettled || preview.isPlaceholderData;
  const go = (state: 'hold' | 'confirmed'): void => {
    send.mutate(bookingOf(draft, plan, events, { state, ...overrides.taken }));
  };
  const isTaken = send.isError && problemOf(send.error).code === 'interview_conflicts';
  return (
    <Stack gap="md">
      <Group justify="space-between" align="start">
        <Stack gap={2}>
          <Title order={2} size="h3" ref={heading} tabIndex={-1} className={classes.quiet ?? ''}>
            {words.review.title}
          </Title>
          <Text size="sm">
            <Span {...spanOf(events)} zone={plan.zone} />
          </Text>
        </Stack>
        <Button variant="default" size="sm" leftSection={<Icon name="left" size={14} />} onClick={onBack}>
          {words.review.back}
        </Button>
      </Group>
      <Settings draft={draft} plan={plan} onPlan={onPlan} />
      {preview.isError && !isSignedOut(preview.error) && (
        <ProblemNote error={preview.error} retry={() => void preview.refetch()} />
      )}
      {preview.isPending && <Loading />}
      {preview.data && (
        <div className={isStale ? classes.stale : undefined}>
          <PartyPreview
            preview={{ ...preview.data, problems: rest }}
            zones={{ candidate: plan.zone }}
            actions={(party) => {
              const key = `${party.kind} ${party.mail.invite?.start ?? ''}`;
              return (
                <PartyText
                  party={party}
                  draft={draft}
                  plan={plan}
                  events={events}
                  onPlan={onPlan}
                  isOpen={open === key}
                  onOpen={(isOpen) => {
                    setOpen(isOpen ? key : null);
                  }}
                />
              );
            }}
          />
        </div>
      )}
      <Overrides asked={asked} overrides={overrides} />
      {isTaken && (
        <Taken problem={problemOf(send.error)} zone={plan.zone} onEvents={(other) => { send.reset(); onTimes(timesOf(other)); }} />
      )}
      {send.isError && !isTaken && !isSignedOut(send.error) && <ProblemNote error={send.error} />}
      <Card withBorder radius="lg" className={classes.bar ?? ''}>
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {!preview.data ? words.review.looking : stops ? words.review.stops : isStale ? words.review.following : words.review.ready}
          </Text>
          <Group gap="sm">
            {isStale && <Loader size="xs" aria-hidden />}
            {preview.data && !stops && (
              <>
                <Button variant="default" loading={send.isPending && send.variables.state === 'hold'} onClick={() => { go('hold'); }}>
                  {words.review.hold}
                </Button>
                <Button loading={send.isPending && send.variables.state === 'confirmed'} onClick={() => { go('confirmed'); }}>
                  {words.review.send}
                </Button>
              </>
            )}
          </Group>
        </Group>
      </Card>
    </Stack>
  );
}; // prettier-ignore
