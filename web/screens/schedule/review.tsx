/** What everybody gets, what will be made and what is wrong, before it is sent or held. */
import { Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { hasGone, isOpen, isSignedOut, problemOf } from '../../hub/problem.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PartyPreview } from '../../parts/party-preview/party-preview.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Overrides, overridableOf, useOverrides } from './overrides.tsx';
import { PartyText } from './party-text.tsx';
import { isWholly } from './halves.ts';
import { MoreSettings } from './more-settings.tsx';
import { Others } from './others.tsx';
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
  /** Another time or other people, as the hub offers them; with what was given up for the same time. */
  onTimes: (times: Times, keeps?: 'given') => void;
  onBack: () => void;
  onSent: (interview: Schemas['InterviewWithEffects'], undoSeconds: number) => void;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const overrides = useOverrides(given);
  const [now, isSettled] = useSettled({ plan, events });
  const isAsked = isWholly(now.plan.layer);
  const preview = useQuery(
    previewQuery(
      isAsked
        ? bookingOf(draft, now.plan, now.events, { state: 'confirmed', ...overrides.taken })
        : null,
    ),
  );
  /** The last one that there was: what is refused is put right where it was typed. */
  const [known, setKnown] = useState(preview.data);
  if (preview.data !== undefined && preview.data !== known) setKnown(preview.data);
  const [open, setOpen] = useState<string | null>(null);
  const send = useSend(onSent);
  const problems = preview.data?.problems ?? [];
  const { asked, rest } = overridableOf(problems, given);
  const stops =
    !isWholly(plan.layer) ||
    preview.isError ||
    rest.some(({ blocks }) => blocks) ||
    asked.some(({ code }) => !overrides.has(code));
  const isStale = !isSettled || preview.isPlaceholderData || preview.isError;
  const go = (state: 'hold' | 'confirmed'): void => {
    // What the hub refuses is shown with what may be taken on, whether or not the page heard of it.
    const onError = (): void => void preview.refetch();
    send.mutate(bookingOf(draft, plan, events, { state, ...overrides.taken }), { onError });
  };
  const takeOthers = (other: Arrangement): void => {
    send.reset();
    onTimes(timesOf(other), 'given');
  };
  const isTaken = send.isError && hasGone(problemOf(send.error));
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
      <Settings plan={plan} onPlan={onPlan} />
      <MoreSettings plan={plan} onPlan={onPlan} />
      {preview.isError && !isSignedOut(preview.error) && (
        <ProblemNote
          error={preview.error}
          {...(isOpen(problemOf(preview.error)) ? { retry: () => void preview.refetch() } : {})}
        />
      )}
      {isAsked && preview.isPending && <Loading />}
      {known && (
        <div className={isStale ? classes.stale : undefined}>
          <PartyPreview
            preview={{
              ...known,
              problems: rest,
              mails: known.mails.filter(({ audience }) => plan.notify.includes(audience)),
            }}
            zones={{ candidate: plan.zone }}
            actions={(party) => {
              const key = `${party.kind} ${party.mail.invite?.start ?? ''}`;
              return (
                <PartyText
                  party={party}
                  plan={plan}
                  events={events}
                  onPlan={onPlan}
                  isOpen={open === key}
                  onOpen={(opens) => {
                    setOpen(opens ? key : null);
                  }}
                />
              );
            }}
          />
        </div>
      )}
      <Overrides asked={asked} overrides={overrides}>
        {!isStale && !isTaken && preview.data?.instead && <Others instead={preview.data.instead} onEvents={takeOthers} />}
      </Overrides>
      {isTaken && (
        <Taken problem={problemOf(send.error)} zone={plan.zone} onOthers={takeOthers} onEvents={(other) => { send.reset(); onTimes(timesOf(other)); }} />
      )}
      {send.isError && !isTaken && !isSignedOut(send.error) && <ProblemNote error={send.error} />}
      <Card withBorder radius="lg" className={classes.bar ?? ''}>
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {!isAsked ? words.review.halves : stops ? words.review.stops : !known ? words.review.looking : isStale ? words.review.following : words.review.ready}
          </Text>
          <Group gap="sm">
            {isStale && isAsked && !preview.isError && <Loader size="xs" aria-hidden />}
            {known && !stops && (
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
