/** Short news of what has just been done, or could not be done, apart from any form. */
import { notifications } from '@mantine/notifications';
import { words } from './words.ts';

const closeButtonProps = { 'aria-label': words.close };

export const tell = {
  done: (message: string): void => {
    notifications.show({ message, color: 'teal', closeButtonProps, autoClose: 5_000 });
  },
  /** What somebody else did, where it matters for what is being done here. */
  news: (message: string): void => {
    notifications.show({ message, color: 'yellow', closeButtonProps, autoClose: 12_000 });
  },
  failed: (message: string): void => {
    notifications.show({
      title: words.failed,
      message,
      color: 'red',
      closeButtonProps,
      autoClose: 12_000,
    });
  },
};
