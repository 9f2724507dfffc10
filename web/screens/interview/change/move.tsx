/** Another time for one event; the others stay where they are. */
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import type { Event, Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';
import { fromLocal, toLocal } from './local.ts';
import type { Override } from './send.ts';
import { type Option, Times, useTimes } from './times.tsx';

export const Move = ({
  event,
  ...shared
}: {
  interview: Interview;
  event: Event;
  onClose: () => void;
}) => {
  const { interview } = shared;
  const [local, setLocal] = useState(toLocal(event.start));
  const [chosen, setChosen] = useState<Option | null>(null);
  const found = useTimes(interview, event.id);
  const start = fromLocal(local);
  const choose = (option: Option): void => {
    const to = option.events.find((one) => one.eventId === event.id);
    setChosen(option);
    if (to) setLocal(toLocal(to.start));
  };
  const isSame = start !== null && new Date(start).getTime() === new Date(event.start).getTime();
  return (
    <ChangeDialog
      {...shared}
      title={words.ops.move.title(event.name)}
      act={words.ops.move.act}
      asked={start === null || isSame ? null : start}
      needs={chosen === null ? [] : ((found.data?.override ?? []) as Override[])}
      eventId={event.id}
      onOption={choose}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/move', {
            params: { path: { id: interview.id } },
            body: { ...common, eventId: event.id, start: start ?? '' },
          }),
        )
      }
    >
      <Times
        interview={interview}
        found={found}
        chosen={chosen}
        local={local}
        eventId={event.id}
        label={words.times.byHand}
        onChoose={choose}
        onType={(typed) => {
          setChosen(null);
          setLocal(typed);
        }}
      />
    </ChangeDialog>
  );
};
