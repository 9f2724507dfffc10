/** Asks before something is done that cannot be taken back, and says what will happen. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNote } from './problem-note.tsx';
import { words } from './words.ts';

export const Ask = ({
  isOpen,
  title,
  act,
  isBusy,
  error,
  onYes,
  onClose,
  children,
}: {
  isOpen: boolean;
  title: string;
  /** What the button says that does it. */
  act: string;
  isBusy: boolean;
  error: unknown;
  onYes: () => void;
  onClose: () => void;
  /** What will happen. */
  children: ReactNode;
}) => (
  <Modal
    opened={isOpen}
    onClose={onClose}
    title={title}
    centered
    closeButtonProps={{ 'aria-label': words.close }}
  >
    <Stack>
      {children}
      {error !== null && error !== undefined && <ProblemNote error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {words.cancel}
        </Button>
        <Button color="red.9" loading={isBusy} onClick={onYes}>
          {act}
        </Button>
      </Group>
    </Stack>
  </Modal>
);
