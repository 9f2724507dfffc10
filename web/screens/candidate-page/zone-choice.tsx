/** In which zone times are shown: the browser's, unless the candidate chooses another one. */
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { Loading } from '../../parts/loading.tsx';
import { words } from './words.ts';

const ZoneSelect = lazy(async () => ({ default: (await import('./zone-select.tsx')).ZoneSelect }));

/** `Central European Standard Time` at this time of the year. */
const longName = (zone: string, at: string): string =>
  new Intl.DateTimeFormat(undefined, { timeZone: zone, timeZoneName: 'long' })
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;

export const ZoneChoice = ({
  zone,
  change,
  at,
}: {
  zone: string;
  change: (zone: string) => void;
  at: string;
}) => {
  const [isOpen, choice] = useDisclosure(false);
  if (isOpen)
    return (
      <Suspense fallback={<Loading />}>
        <ZoneSelect
          zone={zone}
          onChoose={(chosen) => {
            change(chosen);
            choice.close();
          }}
        />
      </Suspense>
    );
  return (
    <Group gap="xs" justify="space-between">
      <Text size="sm" c="dimmed">
        {words.zone.shown} <b>{zone}</b>, {longName(zone, at)}
      </Text>
      <Button size="compact-sm" variant="default" onClick={choice.open}>
        {words.zone.change}
      </Button>
    </Group>
  );
};
