/** Where everybody arrives who sees candidates. */
import { Button, SimpleGrid } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Screen as Frame } from '../../parts/screen.tsx';
import { useMay } from '../../app/session.ts';
import { FirstSteps } from './first-steps.tsx';
import { useRowKeys } from './keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { Lane } from './lane.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const may = useMay();
  const [isHelp, help] = useDisclosure(false);
  useRowKeys(help.open);
  return (
    <Frame
      title={words.title}
      lead={words.lead}
      actions={
        <Button variant="subtle" size="xs" visibleFrom="sm" onClick={help.open}>
          {words.keys.button}
        </Button>
      }
    >
      {may('connections.manage') && <FirstSteps />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" verticalSpacing="xl">
        <Lane name="needs_me" />
        <Lane name="in_motion" />
      </SimpleGrid>
      <KeysHelp isOpen={isHelp} onClose={help.close} />
    </Frame>
  );
};
