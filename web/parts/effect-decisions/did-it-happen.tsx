/** Nobody can tell whether something was done at a vendor: a person looks there and says so. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { words as shared } from '../words.ts';
import { words } from './words.ts';

const answers = ['it_happened', 'it_did_not'] as const;

export const DidItHappen = ({
  what,
  vendor,
  text,
  isOpen,
  onSay,
  onClose,
}: {
  /** The effect in words. */
  what: string;
  /** Where it happens. */
  vendor: string;
  /** What is known of it; null: nothing. */
  text: string | null;
  isOpen: boolean;
  onSay: (answer: (typeof answers)[number]) => void;
  onClose: () => void;
}) => (
  <Modal
    opened={isOpen}
    onClose={onClose}
    title={words.unknown.title}
    centered
    closeButtonProps={{ 'aria-label': shared.close }}
  >
    <Stack>
      <Text fw={600}>{what}</Text>
      <Text size="sm">{words.unknown.text(vendor)}</Text>
      {text !== null && (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      )}
      {answers.map((answer) => (
        <Group key={answer} justify="space-between" wrap="wrap">
          <Text size="sm" flex="1 1 12rem">
            {words.unknown[answer]}
          </Text>
          <Button
            variant="default"
            onClick={() => {
              onClose();
              onSay(answer);
            }}
          >
            {words.acts[answer]}
          </Button>
        </Group>
      ))}
    </Stack>
  </Modal>
);
