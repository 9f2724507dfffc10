/** What is typed counts a moment after the last letter, unless whoever typed it has left the page meanwhile. */
import { useDebouncedCallback } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';

/** Milliseconds without a key. */
const pause = 250;

/** `path`: of the page. Nobody is called back to it who has gone on, also to a page that is on its way. */
export const useLater = <Given>(path: string, act: (given: Given) => void) => {
  const router = useRouter();
  return useDebouncedCallback((given: Given) => {
    if (router.state.location.pathname === path) act(given);
  }, pause);
};
