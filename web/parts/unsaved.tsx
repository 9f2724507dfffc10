/** Asks before a page is left on which something was typed and not saved. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { words } from './words.ts';

export const Unsaved = ({ isDirty }: { isDirty: boolean }) => {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={words.unsaved.title}
      centered
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack>
        <Text size="sm">{words.unsaved.text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => reset?.()} data-autofocus>
            {words.unsaved.stay}
          </Button>
          <Button color="red.9" onClick={() => proceed?.()}>
            {words.unsaved.leave}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
