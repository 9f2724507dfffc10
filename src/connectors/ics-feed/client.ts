/** Reads one person's calendar from its secret address. */
import {
  ConnectorError,
  type BusySource,
  type HttpRequest,
  type Link,
  type Verification,
} from '#connectors/contract.ts';
import { busyIn, parseCalendar, type Calendar, type Window } from './mapping.ts';
import { NotUnderstood } from './zones.ts';

export interface FeedSettings {
  url: string;
}

const operation = 'GET feed';
const largest = 10 * 1024 * 1024;
/** Milliseconds that a feed may take to be understood. */
const patience = 2_000;

export const connectBusy = (link: Link<FeedSettings>): BusySource => ({
  freeBusy: async (window) => read(link, await fetchFeed(link), window).busy,
});

/** Also reads the coming fortnight, so that what is not understood shows before it matters. */
export const verifyFeed = async (link: Link<FeedSettings>): Promise<Verification> => {
  const text = await fetchFeed(link);
  const start = link.now();
  const window = { start, end: start + 14 * 86_400_000, zone: 'UTC' };
  const { calendar, busy } = read(link, text, window);
  return {
    account: [
      ...(calendar.name === null ? [] : [{ label: 'Calendar', value: calendar.name }]),
      { label: 'Entries', value: String(calendar.events.length) },
      { label: 'Busy times in the next 14 days', value: String(busy.length) },
    ],
    permissions: [],
    warnings:
      calendar.events.length === 0
        ? ['The calendar is empty. Check that the address is the one of the right calendar.']
        : [],
  };
};

const fetchFeed = async ({ http, settings }: Link<FeedSettings>): Promise<string> => {
  const request: HttpRequest = {
    operation,
    method: 'GET',
    url: settings.url,
    headers: { accept: 'text/calendar' },
    maxBytes: largest,
  };
  const { text } = await http(request);
  return text;
};

const read = (
  link: Link<FeedSettings>,
  text: string,
  window: Window,
): { calendar: Calendar; busy: ReturnType<typeof busyIn> } => {
  const begin = link.now();
  const check = (): void => {
    if (link.now() - begin > patience) throw new NotUnderstood('more than can be read in time');
  };
  try {
    const calendar = parseCalendar(text);
    return { calendar, busy: busyIn(calendar, window, check) };
  } catch (thrown) {
    if (!(thrown instanceof NotUnderstood)) throw thrown;
    throw new ConnectorError({
      connector: 'ics-feed',
      operation,
      kind: 'unexpected_shape',
      surelyNotDone: true,
      message: `ics-feed: the calendar holds ${thrown.message}, so its busy times are unknown. Check the address, or change that entry.`,
    });
  }
};
