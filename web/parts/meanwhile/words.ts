import { allOf } from '../names.ts';

/** What a form says when somebody else has saved what is being changed in it. */
export const words = {
  somebody: 'Somebody else',
  title: (who: string) => `${who} has saved this while you were changing it`,
  text: 'Nothing of theirs is overwritten, and nothing of yours is lost, before you choose.',
  news: 'Somebody else has just saved what you are changing. What you typed is kept; choose beside the button that saves.',
  both: 'You both changed:',
  theirs: 'Theirs:',
  yours: 'Yours:',
  empty: 'empty',
  takeTheirs: 'Take theirs',
  saveMine: 'Save mine anyway',
  taken: (parts: readonly string[]) =>
    parts.length === 0
      ? 'It was saved meanwhile. What you typed stays: save it once more.'
      : `Saved meanwhile, and taken in here: ${allOf(parts)}. What you typed stays.`,
  already: 'It is saved already.',
  took: 'This is theirs now.',
  bringBack: 'Bring mine back',
};
