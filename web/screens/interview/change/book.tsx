/** A draft or a hold is taken as it is planned, or at one of the times that are offered where those have gone. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import type { Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';
import { type Option, optionText } from './times.tsx';

export const Book = ({
  kind,
  ...shared
}: {
  kind: 'hold' | 'confirm';
  interview: Interview;
  onClose: () => void;
}) => {
  const { interview } = shared;
  const [chosen, setChosen] = useState<Option | null>(null);
  const wish = chosen === null ? {} : { events: chosen.events };
  const { text, ...called } = words.ops[kind];
  return (
    <ChangeDialog
      {...shared}
      {...called}
      asked={JSON.stringify([kind, wish])}
      onOption={setChosen}
      send={(common) => {
        const asked = { params: { path: { id: interview.id } }, body: { ...common, ...wish } };
        return got(
          kind === 'hold'
            ? api.POST('/api/v1/interviews/{id}/hold', asked)
            : api.POST('/api/v1/interviews/{id}/confirm', asked),
        );
      }}
    >
      <Text size="sm">{text}</Text>
      {chosen !== null && (
        <Group gap="sm" justify="space-between">
          <Text size="sm" fw={500} flex="1 1 14rem">
            {words.change.at(optionText(interview, null, chosen))}
          </Text>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setChosen(null);
            }}
          >
            {words.change.asPlanned}
          </Button>
        </Group>
      )}
    </ChangeDialog>
  );
};
