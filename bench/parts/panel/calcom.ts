/**
 * The slot code inside Cal.com's npm package, fetched when it is measured into a folder that git
 * ignores, and never linked: it is AGPL code that is no public API of its package. The two pure parts
 * (working time and its arithmetic; aggregation and slots) run with the dayjs plugins that the package
 * uses; three names that its server would bring stand in front of them.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Panel } from '#core/panel/model.ts';

const execute = promisify(execFile);

const release = {
  name: '@calcom/platform-libraries',
  version: '0.0.360',
  integrity:
    'sha512-V3ka+OCz8c3O4jLvfLBDC15vedAdy2Cx/xHK3A80uMAg1DJOOBugSyifObmD+Pl2GYhW0l1P/HDfMUDrlWTewA==',
  ranges: 'date-ranges-79rc7oZX.js',
};
const dayjsVersion = '1.11.23';
/** Of the package's own list, `packages/dayjs/index.ts`; business days are not asked about here. */
const plugins = [
  'customParseFormat',
  'isBetween',
  'isToday',
  'localizedFormat',
  'relativeTime',
  'timezone',
  'toArray',
  'utc',
  'minMax',
  'duration',
];

const peers = path.join(import.meta.dirname, '..', '..', '.peers');
const folder = path.join(peers, `calcom-${release.version}`);
const entry = path.join(folder, 'slots.mjs');

/** The peer could not be had: what it would be compared with is not measured. */
export class PeerMissing extends Error {}

const cut = (text: string, from: string, to: string, file: string): string => {
  const [start, end] = [text.indexOf(from), text.indexOf(to)];
  if (start < 0 || end < start)
    throw new PeerMissing(`${file} of ${release.name} ${release.version} is not as expected.`);
  return text.slice(start, end);
};

/** One module of the pure parts: the imports that they need, and nothing of the server. */
const compose = (ranges: string, slots: string): string =>
  [
    `import dayjs from 'dayjs';`,
    ...plugins.map((name) => `import ${name} from 'dayjs/plugin/${name}.js';`),
    ...plugins.map((name) => `dayjs.extend(${name});`),
    `const SchedulingType = { ROUND_ROBIN: 'ROUND_ROBIN', COLLECTIVE: 'COLLECTIVE' };`,
    `const DEFAULT_GROUP_ID = 'default_group_id';`,
    `const getTimeZone = (date) => date['$x']['$timezone'];`,
    cut(ranges, 'function getAdjustedTimezone', 'export {', release.ranges),
    cut(slots, 'function createIntervalNodes', 'const getSlots$1', 'slots.js'),
    'export { dayjs, buildDateRanges, subtract, getAggregatedAvailability, getSlots };',
    '',
  ].join('\n');

const fetchInto = async (target: string): Promise<void> => {
  const npm = async (...args: string[]): Promise<string> =>
    (await execute('npm', args, { cwd: target, timeout: 120_000 })).stdout;
  await writeFile(path.join(target, 'package.json'), '{ "private": true }\n');
  const packed = await npm('pack', '--json', `${release.name}@${release.version}`);
  const [{ filename, integrity } = { filename: '', integrity: '' }] = JSON.parse(packed) as Array<{
    filename: string;
    integrity: string;
  }>;
  if (integrity !== release.integrity)
    throw new PeerMissing(`${release.name} ${release.version} is not the file that was measured.`);
  await npm('install', '--no-audit', '--no-fund', `dayjs@${dayjsVersion}`);
  await execute('tar', ['-xzf', filename], { cwd: target });
  const read = async (file: string): Promise<string> =>
    readFile(path.join(target, 'package', 'dist', file), 'utf8');
  const module = compose(await read(release.ranges), await read('slots.js'));
  await rm(path.join(target, 'package'), { recursive: true });
  await writeFile(path.join(target, path.basename(entry)), module);
};

/** Fetches the package where it is not there yet. Throws `PeerMissing`, with what to do. */
export const fetchCalcom = async (): Promise<void> => {
  if (existsSync(entry)) return;
  await mkdir(peers, { recursive: true });
  const target = await mkdtemp(path.join(peers, 'fetching-'));
  try {
    await fetchInto(target);
    // Only a whole one gets the name.
    await rename(target, folder);
  } catch (thrown) {
    await rm(target, { recursive: true, force: true });
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    const why = text.split('\n').slice(0, 2).join(', ').replace(/\.?$/, '.');
    throw new PeerMissing(
      `${release.name} ${release.version} could not be fetched: ${why} Run the bench where npm reaches its registry.`,
    );
  }
};

/** Only what is used of it. */
interface Dayjs {
  valueOf(): number;
  tz(zone: string): Dayjs;
}

interface Range {
  start: Dayjs;
  end: Dayjs;
}

interface Slots {
  dayjs: { utc(instant: number): Dayjs };
  buildDateRanges(options: {
    availability: ReadonlyArray<{ days: number[]; startTime: Date; endTime: Date }>;
    timeZone: string;
    dateFrom: Dayjs;
    dateTo: Dayjs;
    travelSchedules: readonly never[];
  }): { dateRanges: Range[]; oooExcludedDateRanges: Range[] };
  subtract(from: readonly Range[], taken: readonly Range[]): Range[];
  getAggregatedAvailability(
    users: ReadonlyArray<{
      dateRanges: Range[];
      oooExcludedDateRanges: Range[];
      user: { isFixed: boolean };
    }>,
    schedulingType: 'COLLECTIVE' | 'ROUND_ROBIN',
  ): Range[];
  getSlots(options: {
    inviteeDate: Dayjs;
    frequency: number;
    minimumBookingNotice: number;
    dateRanges: readonly Range[];
    eventLength: number;
  }): Array<{ time: Dayjs }>;
}

export type Calcom = (panel: Panel) => () => number[];

/** Monday to Friday, nine to five, as its editor of hours stores them. */
const availability = [
  {
    days: [1, 2, 3, 4, 5],
    startTime: new Date(Date.UTC(1970, 0, 1, 9)),
    endTime: new Date(Date.UTC(1970, 0, 1, 17)),
  },
];

/**
 * Its side of a `meetingPanel`. What is prepared before the returned function is called is not timed:
 * busy times as dayjs, which favours it. Needs TZ=UTC.
 */
export const loadCalcom = async (): Promise<Calcom> => {
  const { dayjs, ...calcom } = (await import(pathToFileURL(entry).href)) as Slots;
  return (panel) => {
    const [event] = panel.events;
    const everybody = event?.seats[0]?.count === panel.resources.length;
    const dateFrom = dayjs.utc(panel.horizon.start);
    const dateTo = dayjs.utc(panel.horizon.end);
    const users = panel.resources.map(({ zone, busy }) => ({
      zone,
      busy: busy.map(({ start, end }) => ({ start: dayjs.utc(start), end: dayjs.utc(end) })),
    }));
    // It drops what is past; a negative notice makes the horizon lie ahead at any date.
    const minimumBookingNotice = (panel.horizon.start - Date.now()) / 60_000 - 1_440;
    return () => {
      const available = users.map(({ zone, busy }) => {
        const built = calcom.buildDateRanges({
          availability,
          timeZone: zone,
          dateFrom,
          dateTo,
          travelSchedules: [],
        });
        return {
          dateRanges: calcom.subtract(built.dateRanges, busy),
          oooExcludedDateRanges: calcom.subtract(built.oooExcludedDateRanges, busy),
          user: { isFixed: everybody },
        };
      });
      const dateRanges = calcom.getAggregatedAvailability(
        available,
        everybody ? 'COLLECTIVE' : 'ROUND_ROBIN',
      );
      return calcom
        .getSlots({
          inviteeDate: dateFrom.tz(panel.zone),
          frequency: panel.lattice,
          minimumBookingNotice,
          dateRanges,
          eventLength: event?.minutes ?? 0,
        })
        .map(({ time }) => time.valueOf())
        .sort((a, b) => a - b);
    };
  };
};
