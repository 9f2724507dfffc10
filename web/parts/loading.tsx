/** While a screen or a list is on its way. */
import { Center, Loader } from '@mantine/core';
import { words } from './words.ts';

export const Loading = () => (
  <Center p="xl" role="status" aria-label={words.loading}>
    <Loader />
  </Center>
);
