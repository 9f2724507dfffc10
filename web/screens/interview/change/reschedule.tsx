/** Another time for all of it: a schedule that the engine offers, or the same gaps from another start. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import type { Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';
import { fromLocal, toLocal } from './local.ts';
import type { Override } from './send.ts';
import { type Option, Times, useTimes } from './times.tsx';

export const Reschedule = (shared: { interview: Interview; onClose: () => void }) => {
  const { interview } = shared;
  const first = interview.events[0]?.start ?? '';
  const [local, setLocal] = useState(toLocal(first));
  const [chosen, setChosen] = useState<Option | null>(null);
  const [reason, setReason] = useState('');
  const found = useTimes(interview, null);
  const start = fromLocal(local);
  const isSame = start !== null && new Date(start).getTime() === new Date(first).getTime();
  const wish = chosen ? { events: chosen.events } : { start: start ?? '' };
  const isAsked = chosen !== null || (start !== null && !isSame);
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.reschedule}
      asked={isAsked ? JSON.stringify(wish) : null}
      needs={chosen ? ((found.data?.override ?? []) as Override[]) : []}
      onOption={setChosen}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/reschedule', {
            params: { path: { id: interview.id } },
            body: { ...common, ...wish, reason: reason.trim() === '' ? null : reason },
          }),
        )
      }
    >
      <Times
        interview={interview}
        found={found}
        chosen={chosen}
        local={local}
        eventId={null}
        label={words.times.byHandAll}
        onChoose={setChosen}
        onType={(typed) => {
          setChosen(null);
          setLocal(typed);
        }}
      />
      <Textarea
        label={words.ops.reschedule.reason}
        maxLength={2000}
        autosize
        value={reason}
        onChange={({ currentTarget }) => {
          setReason(currentTarget.value);
        }}
      />
    </ChangeDialog>
  );
};
