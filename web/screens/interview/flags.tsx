/** What stands in the way of an interview, each with what can be done about it. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../../app/session.ts';
import { EffectDecisions } from '../../parts/effect-decisions/effect-decisions.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Operation } from './change/operation.ts';
import { effectText, vendorOf } from './effect.ts';
import { AtTheAts } from './gone.tsx';
import classes from './interview.module.css';
import type { Effect, Event, Interview, Seat } from './queries.ts';
import { words } from './words.ts';

type Begin = (operation: Operation) => void;

export const Flags = ({
  interview,
  begin,
}: {
  interview: Interview;
  /** Null: whoever looks at it may not change it. */
  begin: Begin | null;
}) => {
  const { flag, state, effects, candidateRsvp, candidate, accounts, connectionId } = interview;
  if (state === 'cancelled' || state === 'completed') return null;
  const ats = accounts[connectionId] ?? words.facts.ats;
  const seats = seatsOf(interview);
  const declined = seats.filter(({ seat }) => seat.rsvp === 'declined' && seat.kind === 'person');
  const conflicts = interview.conflicts.flatMap(({ eventId, personId, code }) =>
    seats
      .filter(({ event, seat }) => event.id === eventId && seat.personId === personId)
      .map((one) => ({ ...one, code })),
  );
  const stopped = effects.filter(({ state: at }) => at === 'failed' || at === 'unknown');
  const following = effects.filter(
    ({ kind, state: at, remoteUrl, act }) =>
      kind === 'live_session' && act !== 'remove' && remoteUrl === null && ['owed', 'started', 'waiting'].includes(at),
  );
  const way = (kind: 'putBack' | 'cancel' | 'reschedule', label: string, isFirst = false) =>
    begin && <Way label={label} operation={{ kind }} begin={begin} isFirst={isFirst} />;
  // A draft or a hold has its one thing to do at the head of the page.
  const isOpen = state === 'confirmed' && flag === null;
  const hasNo = candidateRsvp === 'declined';
  return (
    <Stack gap="sm" className={classes.flags}>
      {flag === 'cancelled_in_ats' && (
        <Flag color="red" title={words.flags.calledOff(ats)} text={words.flags.calledOffText}>
          {way('putBack', words.ops.putBack.act)}
          {way('cancel', words.flags.cancelEverywhere)}
        </Flag>
      )}
      {flag === 'candidate_gone' && (
        <Flag color="red" title={words.flags.gone(ats)} text={words.flags.goneText}>
          <AtTheAts interview={interview} ats={ats} />
          {way('cancel', words.flags.cancelEverywhere)}
        </Flag>
      )}
      {hasNo && (
        <Flag
          color="red"
          title={words.flags.candidateDeclined(candidate.name)}
          text={words.flags.candidateDeclinedText}
        >
          {way('reschedule', words.ops.reschedule.open, isOpen)}
          {way('cancel', words.flags.cancelEverywhere)}
        </Flag>
      )}
      {declined.length > 0 && (
        <Flag color="red" title={words.flags.declined}>
          {declined.map((one, index) => (
            <Sitter
              key={`${one.event.id} ${one.seat.personId}`}
              {...one}
              begin={begin}
              isFirst={isOpen && !hasNo && index === 0}
            />
          ))}
        </Flag>
      )}
      {conflicts.length > 0 && (
        <Flag color="red" title={words.flags.conflict} text={words.flags.conflictText}>
          {conflicts.map(({ code, ...one }, index) => (
            <Sitter
              key={`${one.event.id} ${one.seat.personId}`}
              {...one}
              why={words.flags.conflicts[code]}
              begin={begin}
              isFirst={isOpen && !hasNo && declined.length === 0 && index === 0}
            />
          ))}
        </Flag>
      )}
      {stopped.length > 0 && (
        <Flag color="yellow" title={words.flags.stopped(stopped.length)}>
          {stopped.map((effect) => (
            <Stopped
              key={effect.id}
              interview={interview}
              effect={effect}
              isFirst={isOpen && !hasNo && declined.length + conflicts.length === 0}
            />
          ))}
        </Flag>
      )}
      {following.length > 0 && (
        <Flag color="gray" title={words.flags.following(following.length)} text={words.flags.followingText} />
      )}
    </Stack>
  );
}; // prettier-ignore

const seatsOf = ({ events }: Interview): Array<{ event: Event; seat: Seat }> =>
  events.flatMap((event) => event.seats.map((seat) => ({ event, seat })));

const Way = ({
  label,
  name = label,
  operation,
  begin,
  isFirst = false,
}: {
  label: string;
  /** What the button is called, where the label alone would not say it. */
  name?: string;
  operation: Operation;
  begin: Begin;
  /** The one thing to do on the page. */
  isFirst?: boolean;
}) => (
  <Button
    size="xs"
    variant={isFirst ? 'filled' : 'default'}
    aria-label={name}
    onClick={() => {
      begin(operation);
    }}
  >
    {label}
  </Button>
);

/** Somebody who cannot come: the seat is given to another one, or the event moves. */
const Sitter = ({
  event,
  seat,
  why,
  begin,
  isFirst,
}: {
  event: Event;
  seat: Seat;
  why?: string;
  begin: Begin | null;
  isFirst: boolean;
}) => (
  <Group gap="xs" w="100%">
    <Text size="sm" flex="1 1 12rem">
      <strong>{seat.name}</strong> · {event.name}
      {why !== undefined && ` · ${why}`}
    </Text>
    {begin && (
      <Group gap="xs">
        <Way
          label={words.ops.replace.act}
          name={words.ops.replace.open(seat.name, event.name)}
          operation={{ kind: 'replace', event, seat }}
          begin={begin}
          isFirst={isFirst}
        />
        <Way
          label={words.ops.move.open}
          name={words.ops.move.openNamed(event.name)}
          operation={{ kind: 'move', event }}
          begin={begin}
        />
      </Group>
    )}
  </Group>
);

/** What the hub cannot go on with: the reason, and what may be decided. */
const Stopped = ({
  interview,
  effect,
  isFirst,
}: {
  interview: Interview;
  effect: Effect;
  isFirst: boolean;
}) => {
  const may = useMay();
  const what = effectText(interview, effect);
  return (
    <Group gap="xs" w="100%">
      <Text size="sm" flex="1 1 12rem">
        <strong>{what}</strong>
        {effect.error !== null && ` · ${effect.error.text}`}
      </Text>
      {may('candidates.act') && (
        <EffectDecisions
          effect={effect}
          what={what}
          vendor={vendorOf(interview, effect)}
          isFirst={isFirst}
        />
      )}
    </Group>
  );
};

const Flag = ({
  color,
  title,
  text,
  children,
}: {
  color: string;
  title: string;
  text?: string;
  children?: ReactNode;
}) => (
  <Alert
    color={color}
    icon={<Icon name={color === 'gray' ? 'again' : 'alert'} />}
    title={title}
    role={color === 'red' ? 'alert' : 'status'}
  >
    <Stack gap="xs">
      {text !== undefined && <Text size="sm">{text}</Text>}
      {[children].flat().some(Boolean) && <Group gap="xs">{children}</Group>}
    </Stack>
  </Alert>
);
