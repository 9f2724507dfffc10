/** The list of zones, loaded when somebody wants another one. */
import { Select } from '@mantine/core';
import { words } from './words.ts';

export const ZoneSelect = ({
  zone,
  onChoose,
}: {
  zone: string;
  onChoose: (zone: string) => void;
}) => (
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
      if (chosen !== null) onChoose(chosen);
    }}
  />
);
