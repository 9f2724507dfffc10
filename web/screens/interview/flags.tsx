/** What stands in the way of an interview, and what can be done about it. */
import { Alert, Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { effectText } from './effect.ts';
import type { Interview } from './queries.ts';
import { words } from './words.ts';

const listed = (names: readonly string[]): string =>
  new Intl.ListFormat(undefined, { type: 'conjunction' }).format([...new Set(names)]);

export const Flags = ({
  interview,
  calledOff,
  declined,
}: {
  interview: Interview;
  /** What may be done about an interview that was called off in the ATS. */
  calledOff: ReactNode;
  /** … and about somebody who cannot come. */
  declined: ReactNode;
}) => {
  const { flag, state, effects, events, candidateRsvp, candidate, accounts, connectionId } =
    interview;
  if (state === 'cancelled' || state === 'completed') return null;
  const ats = accounts[connectionId] ?? words.facts.ats;
  const who = events
    .flatMap(({ seats }) => seats)
    .filter(({ rsvp, kind }) => rsvp === 'declined' && kind === 'person')
    .map(({ name }) => name);
  const stopped = effects.filter(({ state: at }) => at === 'failed' || at === 'unknown');
  const following = effects.filter(
    ({ kind, state: at, remoteUrl, act }) =>
      kind === 'live_session' && act !== 'remove' && remoteUrl === null && ['owed', 'started', 'waiting'].includes(at),
  );
  return (
    <Stack gap="sm">
      {flag === 'cancelled_in_ats' && (
        <Flag color="red" title={words.flags.calledOff(ats)}>
          {words.flags.calledOffText}
          {calledOff}
        </Flag>
      )}
      {flag === 'candidate_gone' && (
        <Flag color="red" title={words.flags.gone(ats)}>
          {words.flags.goneText}
        </Flag>
      )}
      {candidateRsvp === 'declined' && (
        <Flag color="red" title={words.flags.candidateDeclined(candidate.name)}>
          {words.flags.candidateDeclinedText}
          {declined}
        </Flag>
      )}
      {who.length > 0 && (
        <Flag color="red" title={words.flags.declined(listed(who))}>
          {words.flags.declinedText}
        </Flag>
      )}
      {stopped.length > 0 && (
        <Flag color="yellow" title={words.flags.stopped(stopped.length)}>
          <List size="sm">
            {stopped.map((effect) => (
              <List.Item key={effect.id}>{effectText(interview, effect)}</List.Item>
            ))}
          </List>
          {words.flags.stoppedText}
        </Flag>
      )}
      {following.length > 0 && (
        <Flag color="gray" title={words.flags.following(following.length)}>
          {words.flags.followingText}
        </Flag>
      )}
    </Stack>
  );
}; // prettier-ignore

const Flag = ({
  color,
  title,
  children,
}: {
  color: string;
  title: string;
  children: ReactNode;
}) => (
  <Alert
    color={color}
    icon={<Icon name={color === 'gray' ? 'again' : 'alert'} />}
    title={title}
    role={color === 'red' ? 'alert' : 'status'}
  >
    <Stack gap="xs">
      {[children].flat().map((child, index) =>
        typeof child === 'string' ? (
          <Text key={child} size="sm">
            {child}
          </Text>
        ) : (
          <Group key={String(index)} gap="xs">
            {child}
          </Group>
        ),
      )}
    </Stack>
  </Alert>
);
