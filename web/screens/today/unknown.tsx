/** Nobody can tell whether something was done at a vendor: a person looks there and says so. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { words as shared } from '../../parts/words.ts';
import { type Row, titleOf } from './row.ts';
import type { useDecide } from './use-decide.ts';
import { words } from './words.ts';

export const Unknown = ({
  row,
  isOpen,
  decide,
  onClose,
}: {
  row: Row;
  isOpen: boolean;
  decide: ReturnType<typeof useDecide>;
  onClose: () => void;
}) => {
  const { effect, connection, text } = row;
  if (effect === null) return null;
  const say = (decision: 'it_happened' | 'it_did_not'): void => {
    onClose();
    decide.mutate({ effectId: effect.id, decision });
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={words.unknown.title}
      centered
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <Stack>
        <Text fw={600}>
          {titleOf(row)} · {words.effects[effect.kind]}
        </Text>
        <Text size="sm">{words.unknown.text(connection?.name ?? words.unknown.vendor)}</Text>
        {text !== null && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
        <Group justify="space-between" wrap="wrap">
          <Text size="sm">{words.unknown.happened}</Text>
          <Button
            variant="default"
            onClick={() => {
              say('it_happened');
            }}
          >
            {words.acts.it_happened}
          </Button>
        </Group>
        <Group justify="space-between" wrap="wrap">
          <Text size="sm">{words.unknown.didNot}</Text>
          <Button
            variant="default"
            onClick={() => {
              say('it_did_not');
            }}
          >
            {words.acts.it_did_not}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
