/** What an event is, who sits there and what its rooms begin with; only what is changed is sent. */
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import { roomsOf } from '../../../parts/layer/event-coding.tsx';
import { EventFields } from '../../../parts/layer/event-fields.tsx';
import type { EventTemplate } from '../../../parts/layer/layers.ts';
import { same } from '../../../parts/meanwhile/weigh.ts';
import type { Event, Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog, type Refusals } from './dialog.tsx';
import { EventScope, isWhole, path } from './event-scope.tsx';
import { Seated, sittingOf, seatsChanged } from './seated.tsx';

const lengthOf = ({ start, end }: Event): number =>
  Math.round((new Date(end).getTime() - new Date(start).getTime()) / 60_000);

/** `seats` are those who join. */
const fieldsOf = (event: Event): EventTemplate => {
  const { name, topic, prepare, location, internal, feedbackFormId, interviewerInvite, coding } =
    event;
  const minutes = lengthOf(event);
  return {
    name,
    topic,
    prepare,
    location,
    internal,
    feedbackFormId,
    interviewerInvite,
    minutes,
    seats: [],
    coding: coding.flatMap(({ kind, ...one }) => (kind === 'test' ? [] : [{ ...one, kind }])),
  };
};

const changed = (before: EventTemplate, now: EventTemplate): Partial<EventTemplate> =>
  Object.fromEntries(
    Object.entries(now).filter(([name, value]) => !same(value, before[name as keyof EventTemplate])),
  ); // prettier-ignore

/** By the addresses of the fields that stand here. */
const placed = (errors: Refusals): Refusals =>
  Object.fromEntries(
    Object.entries(errors).map(([field, text]) => [
      `${path}.${field.replace(/^addSeats/, 'seats')}`,
      text,
    ]),
  );

export const EditEvent = ({
  event,
  ...shared
}: {
  interview: Interview;
  event: Event;
  onClose: () => void;
}) => {
  const { interview } = shared;
  const [fields, setFields] = useState(() => fieldsOf(event));
  const [sitting, setSitting] = useState(() => sittingOf(event));
  const before = fieldsOf(event);
  const { seats: addSeats, coding: _rooms, ...own } = changed(before, fields);
  const rooms = roomsOf(fields.coding);
  const wish = {
    ...own,
    ...(same(rooms, roomsOf(before.coding)) ? {} : { coding: rooms }),
    ...(addSeats === undefined ? {} : { addSeats }),
    ...seatsChanged(event, sitting),
  };
  return (
    <ChangeDialog
      {...shared}
      title={words.ops.edit.title(event.name)}
      act={words.ops.edit.act}
      asked={isWhole(fields) && Object.keys(wish).length > 0 ? JSON.stringify(wish) : null}
      eventId={event.id}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/event', {
            params: { path: { id: interview.id } },
            body: { ...common, eventId: event.id, ...wish },
          }),
        )
      }
    >
      {(errors) => (
        <EventScope interview={interview} errors={placed(errors)}>
          <EventFields
            path={path}
            called={fields.name || event.name}
            value={fields}
            onChange={setFields}
            seated={<Seated event={event} sitting={sitting} onChange={setSitting} />}
          />
        </EventScope>
      )}
    </ChangeDialog>
  );
};
