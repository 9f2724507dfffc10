/** What an act on a thing of an interview is given, and how it says what came of it. */
import type { Wanted } from '#core/interview/diff.ts';
import type { Scene } from '#core/interview/scene.ts';
import type { ThingRow } from '#store/interview-effects.ts';
import type { InterviewRow } from '#store/interviews.ts';
import type { Done } from './requests.ts';

/** What an act may look at besides its own row. */
export interface Act {
  row: ThingRow;
  interview: InterviewRow;
  scene: Scene;
  wanted: readonly Wanted[];
}

export const done = (text: string, more: Partial<Done['outcome']> = {}): Done => ({
  outcome: { state: 'done', text, ...more },
});

export const lacks = (what: string): Done => ({
  outcome: {
    state: 'failed',
    text: `This connection has no ${what}. Choose another platform in the template, or connect one.`,
    errorKind: 'rejected',
  },
});
