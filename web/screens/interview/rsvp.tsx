/** What somebody answered to the invite. Where answers are not read, that is said, and nothing else. */
import { Badge } from '@mantine/core';
import { Icon } from '../../parts/icon.tsx';
import type { Seat } from './queries.ts';
import { words } from './words.ts';

export type Rsvp = Seat['rsvp'];

const looks = {
  accepted: { color: 'teal', icon: 'check' },
  declined: { color: 'red', icon: 'cross' },
  tentative: { color: 'yellow', icon: 'question' },
  needs_action: { color: 'gray', icon: 'mail' },
  not_tracked: { color: 'gray', icon: 'none' },
} as const;

export const RsvpBadge = ({ rsvp }: { rsvp: Rsvp }) => {
  const { color, icon } = looks[rsvp];
  return (
    <Badge
      size="sm"
      color={color}
      variant={rsvp === 'not_tracked' ? 'outline' : 'light'}
      title={rsvp === 'not_tracked' ? words.notTracked : undefined}
      leftSection={icon === 'none' ? undefined : <Icon name={icon} size={11} />}
    >
      {words.rsvps[rsvp]}
    </Badge>
  );
};

/** Of a whole interview: how many answered what, in the order that matters. */
export const RsvpMarks = ({ answers }: { answers: readonly Rsvp[] }) => {
  const kinds = Map.groupBy(answers, (answer) => answer);
  const order = ['declined', 'tentative', 'needs_action', 'accepted', 'not_tracked'] as const;
  return order.flatMap((kind) => {
    const count = kinds.get(kind)?.length ?? 0;
    if (count === 0) return [];
    const { color, icon } = looks[kind];
    return [
      <Badge
        key={kind}
        size="sm"
        color={color}
        variant={kind === 'not_tracked' ? 'outline' : 'light'}
        leftSection={icon === 'none' ? undefined : <Icon name={icon} size={11} />}
      >
        {kind === 'not_tracked' ? words.rsvps[kind] : words.answered(count, words.rsvps[kind])}
      </Badge>,
    ];
  });
};
