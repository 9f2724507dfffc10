/**
 * The crash tests' way to make a real process die at a chosen point. Written `C4:assessment`,
 * `C4:assessment:2` for the second time it passes there, `C14:note:1:stop` to be stopped instead of
 * killed; `@<file>` is a file that holds one or nothing, so that a running process can be told.
 * Off, it costs a comparison.
 */
import { readFileSync } from 'node:fs';
import type { Failpoint } from './hub.ts';

export const createFailpoint = (
  setting: string | undefined,
  signal: (name: 'SIGKILL' | 'SIGSTOP') => void,
): Failpoint => {
  let armed = '';
  let left = 0;
  const hit = (at: string, what: string): boolean => {
    if (setting === undefined) return false;
    const spec = setting.startsWith('@') ? readFileSync(setting.slice(1), 'utf8') : setting;
    const [name, detail, count = '1'] = spec.split(':');
    if (spec !== armed) left = Number(count);
    armed = spec;
    if (at !== name || what !== detail) return false;
    left -= 1;
    return left === 0;
  };
  const die = (): void => {
    signal(armed.endsWith(':stop') ? 'SIGSTOP' : 'SIGKILL');
  };
  return Object.assign(
    (at: string, what: string): void => {
      if (hit(at, what)) die();
    },
    { halfway: (what: string) => (hit('C5', what) ? die : undefined) },
  );
};
