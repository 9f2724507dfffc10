/** What is used at the coding platforms: for all of an interview, or for one event. */
import { Text } from '@mantine/core';
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import { usePlatforms } from '../../../parts/choices.ts';
import { PlatformChoice } from '../../../parts/layer/platform-choice.tsx';
import type { CodingChoice } from '../../../parts/layer/layers.ts';
import type { Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog, type Refusals } from './dialog.tsx';
import { EventScope } from './event-scope.tsx';

const idsOf = ({ connectionId, kind, id }: CodingChoice) => ({ connectionId, kind, id });

/** One entry each, in an order of its own; what is not chosen is left out. */
const chosenIn = (coding: readonly CodingChoice[]) =>
  coding
    .filter(({ id }) => id !== null)
    .map(idsOf)
    .toSorted((a, b) => a.connectionId.localeCompare(b.connectionId));

export const Coding = (shared: { interview: Interview; onClose: () => void }) => {
  const { interview } = shared;
  const platforms = usePlatforms();
  const [value, setValue] = useState<readonly CodingChoice[]>(() => chosenIn(interview.coding));
  const coding = chosenIn(value);
  const isSame = JSON.stringify(coding) === JSON.stringify(chosenIn(interview.coding));
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.coding}
      asked={isSame ? null : JSON.stringify(coding)}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/coding', {
            params: { path: { id: interview.id } },
            body: { ...common, coding },
          }),
        )
      }
    >
      {(errors) => (
        <EventScope interview={interview} errors={ofChoices(errors, coding, value)}>
          <Text size="sm">{words.ops.coding.text}</Text>
          {platforms?.map((platform) => (
            <PlatformChoice
              key={platform.id}
              platform={platform}
              value={value}
              path="coding"
              onChange={setValue}
            />
          ))}
        </EventScope>
      )}
    </ChangeDialog>
  );
};

/** The hub counts in the order in which they were sent. */
const ofChoices = (
  errors: Refusals,
  sent: readonly CodingChoice[],
  shown: readonly CodingChoice[],
): Refusals =>
  Object.fromEntries(
    Object.entries(errors).map(([field, text]) => {
      const index = Number(/^coding\.(\d+)/.exec(field)?.[1] ?? -1);
      const at = shown.findIndex(({ connectionId }) => connectionId === sent[index]?.connectionId);
      return [`coding.${String(at)}`, text];
    }),
  );
