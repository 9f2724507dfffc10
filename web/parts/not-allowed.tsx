/** In place of a screen that is not for this role. */
import { Screen } from './screen.tsx';
import { words } from './words.ts';

export const NotAllowed = () => (
  <Screen title={words.notAllowed.title} lead={words.notAllowed.text} />
);
