/** A new event: when, and all that a template says of one. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import { EventFields } from '../../../parts/layer/event-fields.tsx';
import type { EventTemplate } from '../../../parts/layer/layers.ts';
import { ownZone } from '../../../parts/time.tsx';
import type { Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';
import { EventScope, isWhole, path } from './event-scope.tsx';
import { fromLocal, toLocal } from './local.ts';

const blank: EventTemplate = {
  name: '', topic: '', minutes: 45, location: '', internal: false, seats: [], feedbackFormId: null,
  interviewerInvite: null,
}; // prettier-ignore

export const AddEvent = (shared: { interview: Interview; onClose: () => void }) => {
  const { interview } = shared;
  const last = interview.events.at(-1)?.end;
  const [fields, setFields] = useState(blank);
  const [local, setLocal] = useState(last === undefined ? '' : toLocal(last));
  const start = fromLocal(local);
  const event = { ...fields, start: start ?? '' };
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.add}
      asked={isWhole(fields) && start !== null ? JSON.stringify(event) : null}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/add-event', {
            params: { path: { id: interview.id } },
            body: { ...common, event },
          }),
        )
      }
    >
      {(errors) => (
        <>
          <TextInput
            type="datetime-local"
            label={words.ops.event.start}
            description={words.times.zone(ownZone())}
            required
            value={local}
            error={errors[`${path}.start`]}
            onChange={({ currentTarget }) => {
              setLocal(currentTarget.value);
            }}
          />
          <EventScope interview={interview} errors={errors}>
            <EventFields
              path={path}
              called={fields.name || words.ops.add.title}
              value={fields}
              onChange={setFields}
            />
          </EventScope>
        </>
      )}
    </ChangeDialog>
  );
};
