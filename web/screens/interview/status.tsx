/** Where an interview stands, in one word. */
import { Badge } from '@mantine/core';
import { Icon } from '../../parts/icon.tsx';
import type { Listed } from './queries.ts';
import { words } from './words.ts';

type Status = keyof typeof words.statuses;

const looks = {
  draft: { color: 'gray', icon: 'text' },
  sending: { color: 'yellow', icon: 'again' },
  hold: { color: 'yellow', icon: 'pause' },
  scheduled: { color: 'teal', icon: 'calendar' },
  changed: { color: 'teal', icon: 'again' },
  confirmed: { color: 'teal', icon: 'check' },
  flagged: { color: 'red', icon: 'alert' },
  gone: { color: 'red', icon: 'alert' },
  completed: { color: 'gray', icon: 'check' },
  cancelled: { color: 'gray', icon: 'cross' },
} as const;

const changing = ['move', 'reschedule', 'replace', 'add_event', 'remove_event', 'event'];

export const statusOf = (interview: Listed): Status => {
  const { state, flag, sendAt, events, candidateRsvp, lastChange } = interview;
  if (state === 'cancelled' || state === 'completed' || state === 'draft') return state;
  if (flag !== null) return flag === 'candidate_gone' ? 'gone' : 'flagged';
  if (sendAt !== null) return 'sending';
  if (state === 'hold') return 'hold';
  const people = events.flatMap(({ seats }) => seats).filter(({ kind }) => kind === 'person');
  const answers = [candidateRsvp, ...people.map(({ rsvp }) => rsvp)];
  if (answers.every((answer) => answer === 'accepted')) return 'confirmed';
  return changing.includes(lastChange?.act ?? '') ? 'changed' : 'scheduled';
};

export const StatusBadge = ({ interview }: { interview: Listed }) => {
  const status = statusOf(interview);
  const { color, icon } = looks[status];
  return (
    <Badge
      color={color}
      variant={status === 'confirmed' ? 'filled' : 'light'}
      leftSection={<Icon name={icon} size={12} />}
    >
      {words.statuses[status]}
    </Badge>
  );
};
