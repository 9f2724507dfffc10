/** In which zone times are shown: the browser's, unless the candidate chooses another one. */
import { Button, Group, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { words } from './words.ts';

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
      <Select
        label={words.zone.label}
        data={[...new Set([zone, ...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort()}
        value={zone}
        searchable
        comboboxProps={{ withinPortal: false }}
        autoFocus
        allowDeselect={false}
        limit={60}
        nothingFoundMessage={words.zone.none}
        onChange={(chosen) => {
          if (chosen === null) return;
          change(chosen);
          choice.close();
        }}
      />
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
