/** Which keys there are. */
import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { words as shared } from '../../parts/words.ts';
import { words } from './words.ts';

export const KeysHelp = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => (
  <Modal
    opened={isOpen}
    onClose={onClose}
    title={words.keys.title}
    centered
    closeButtonProps={{ 'aria-label': shared.close }}
  >
    <Stack gap="sm">
      {words.keys.list.map(([keys, text]) => (
        <Group key={text} justify="space-between">
          <Text size="sm">{text}</Text>
          <Group gap={6}>
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </Group>
        </Group>
      ))}
    </Stack>
  </Modal>
);
