/**
 * The crash tests' way to make a real process die at a chosen point. Written `C4:assessment`,
 * `C4:assessment:2` for the second time it passes there, `C14:note:1:stop` to be stopped instead of
 * killed. Off, it costs a comparison.
 */
import type { Failpoint } from './hub.ts';

export const createFailpoint = (
  spec: string | undefined,
  signal: (name: 'SIGKILL' | 'SIGSTOP') => void,
): Failpoint => {
  const [name, detail, count = '1', how] = (spec ?? '').split(':');
  let left = Number(count);
  const hit = (at: string, what: string): boolean => {
    if (spec === undefined || at !== name || what !== detail) return false;
    left -= 1;
    return left === 0;
  };
  const die = (): void => {
    signal(how === 'stop' ? 'SIGSTOP' : 'SIGKILL');
  };
  return Object.assign(
    (at: string, what: string): void => {
      if (hit(at, what)) die();
    },
    { halfway: (what: string) => (hit('C5', what) ? die : undefined) },
  );
};
