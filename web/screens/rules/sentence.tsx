/** What a rule does, in one sentence. */
import { type Told, useNames } from './queries.ts';
import { words } from './words.ts';

export const Sentence = ({ rule }: { rule: Told }) => {
  const { ats, stages, tag, job, platform, test } = useNames(rule);
  const when = [
    words.does.when(stages, ats),
    ...(tag === null ? [] : [words.does.tag(tag)]),
    ...(job === null ? [] : [words.does.job(job)]),
  ].join(' ');
  return `${when}: ${words.does[rule.action](test, platform)}.`;
};
