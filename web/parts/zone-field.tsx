/** A time zone, searched by its name; what time it is there stands below, so that a slip is seen. */
import { Select, type SelectProps } from '@mantine/core';
import { words } from './words.ts';

/** Browsers still list these under names that nobody searches for. */
const renamed: Record<string, string> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

const zones = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone !== 'UTC')
    .map((zone) => renamed[zone] ?? zone),
];

const clockIn = (zone: string): string =>
  new Intl.DateTimeFormat(undefined, {
    timeZone: zone,
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date());

export const ZoneField = (props: Omit<SelectProps, 'data'>) => {
  const { value } = props;
  const isNamed = typeof value === 'string' && value !== '';
  return (
    <Select
      searchable
      allowDeselect={false}
      limit={60}
      nothingFoundMessage={words.zone.none}
      description={isNamed ? words.zone.now(clockIn(value)) : words.zone.hint}
      {...props}
      // The hub also takes names that the browser does not list, such as older ones.
      data={isNamed && !zones.includes(value) ? [value, ...zones] : zones}
    />
  );
};
