/** In place of a screen that there is not. */
import { Anchor } from '@mantine/core';
import { Door } from './door.tsx';
import { words } from './words.ts';

export const NotFound = () => (
  <Door title={words.notFound.title} lead={words.notFound.text}>
    <Anchor href="/">{words.notFound.home}</Anchor>
  </Door>
);
