/** All settings of a layer, in their groups. */
import { Stack } from '@mantine/core';
import { Basics } from './basics.tsx';
import { Coding } from './coding.tsx';
import { Contacts } from './contacts.tsx';
import { Events } from './events.tsx';
import { Rules } from './rules.tsx';
import { type Scope, ScopeProvider } from './scope.ts';
import { Sending } from './sending.tsx';
import { Texts } from './texts.tsx';

export const LayerFields = (scope: Scope) => (
  <ScopeProvider value={scope}>
    <Stack gap="lg">
      <Basics />
      <Events />
      <Texts />
      <Coding />
      <Rules />
      <Contacts />
      <Sending />
    </Stack>
  </ScopeProvider>
);
