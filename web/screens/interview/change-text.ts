/** What a change was about, in words: which event, what of it, who instead of whom. */
import type { Change } from './queries.ts';
import { words } from './words.ts';

interface Detail {
  event?: string;
  changed?: string[];
  from?: string;
  to?: string;
}

/** Empty: the act says all. */
export const aboutChange = ({ detail }: Change): string => {
  const { event, changed = [], from, to } = detail as Detail;
  const what = changed.map((part) => words.timeline.parts[part] ?? part).join(', ');
  const who = from !== undefined && to !== undefined ? words.timeline.instead(to, from) : '';
  return [event, what, who].filter((one) => one !== undefined && one !== '').join(' · ');
};
