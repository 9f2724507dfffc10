import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { noDial } from '#connectors/dial.ts';
import { ConnectorError, type HttpRequest } from '#connectors/contract.ts';
import { createHttp } from '#connectors/http.ts';
import { createEmulator } from './emulator/index.ts';
import connector from './index.ts';

const berlin = 'Europe/Berlin';
const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'];
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');

const serving = (text: string, now: () => number = () => 0) => {
  const asked: HttpRequest[] = [];
  const link = {
    settings: connector.settings.parse({ url: 'webcal://calendars.example/secret/basic.ics' }),
    http: (request: HttpRequest) => {
      asked.push(request);
      const json = (): unknown => null;
      return Promise.resolve({ status: 200, headers: new Headers(), text, json });
    },
    dial: noDial,
    now,
  };
  const { busy } = connector.connect(link);
  assert.ok(busy);
  return { asked, busy, verify: () => connector.verify(link) };
};

/** `from/to` in UTC, with `?` behind what is soft. */
const busyIn = async (
  text: string,
  window: readonly [start: string, end: string] = ['2026-03-23', '2026-04-06'],
  zone = berlin,
): Promise<string[]> => {
  const [start, end] = window.map((one) => Date.parse(one)) as [number, number];
  const found = await serving(text).busy.freeBusy({ start, end, zone });
  return found.map((one) => `${utc(one.start)}/${utc(one.end)}${one.soft ? '?' : ''}`);
};

const utc = (at: number): string => new Date(at).toISOString().slice(0, 16);

const unknown = async (call: Promise<unknown>): Promise<void> => {
  const thrown = await call.then(
    (value) => JSON.stringify(value),
    (reason: unknown) => reason,
  );
  assert.ok(thrown instanceof ConnectorError, String(thrown));
  assert.equal(thrown.kind, 'unexpected_shape');
};

const at9 = [
  'DTSTART;TZID=Europe/Berlin:20260323T090000',
  'DTEND;TZID=Europe/Berlin:20260323T100000',
];

void describe('when an entry takes its person', () => {
  const table: ReadonlyArray<[what: string, lines: string[], expected: string[]]> = [
    ['a zone', at9, ['2026-03-23T08:00/2026-03-23T09:00']],
    ['UTC and a duration', ['DTSTART:20260324T090000Z', 'DURATION:PT90M'], ['2026-03-24T09:00/2026-03-24T10:30']],
    ['floating: the person’s clock', ['DTSTART:20260330T090000', 'DTEND:20260330T093000'], ['2026-03-30T07:00/2026-03-30T07:30']],
    ['all day: the person’s day, 23 hours when clocks change', ['DTSTART;VALUE=DATE:20260329', 'DTEND;VALUE=DATE:20260330'], ['2026-03-28T23:00/2026-03-29T22:00']],
    ['all day without an end: one day', ['DTSTART;VALUE=DATE:20260324'], ['2026-03-23T23:00/2026-03-24T23:00']],
    ['a zone of Windows', ['DTSTART;TZID=Eastern Standard Time:20260330T090000', 'DURATION:PT1H'], ['2026-03-30T13:00/2026-03-30T14:00']],
    ['a prefixed zone', ['DTSTART;TZID=/mozilla.org/20070129_1/Asia/Kolkata:20260330T090000', 'DURATION:PT1H'], ['2026-03-30T03:30/2026-03-30T04:30']],
    ['tentative', [...at9, 'STATUS:TENTATIVE'], ['2026-03-23T08:00/2026-03-23T09:00?']],
    ['cancelled', [...at9, 'STATUS:CANCELLED'], []],
    ['transparent', [...at9, 'TRANSP:TRANSPARENT'], []],
    ['all day although in a zone: still the person’s day', ['DTSTART;VALUE=DATE;TZID=Asia/Tokyo:20260324'], ['2026-03-23T23:00/2026-03-24T23:00']],
    ['begun before the window', ['DTSTART:20260320T090000Z', 'DTEND:20260323T020000Z'], ['2026-03-20T09:00/2026-03-23T02:00']],
    ['ends as the window begins', ['DTSTART:20260322T090000Z', 'DTEND:20260323T000000Z'], []],
  ]; // prettier-ignore
  for (const [what, lines, expected] of table)
    void test(what, async () => {
      assert.deepEqual(await busyIn(calendar(...event(...lines))), expected);
    });

  void test('a zone that the feed itself describes by its place', async () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Our office',
      'X-LIC-LOCATION:Asia/Tokyo',
      'END:VTIMEZONE',
    ];
    const lines = event('DTSTART;TZID=Our office:20260330T090000', 'DURATION:PT1H');
    assert.deepEqual(await busyIn(calendar(...zone, ...lines)), [
      '2026-03-30T00:00/2026-03-30T01:00',
    ]);
  });
});

void describe('an entry that repeats', () => {
  const weekly = (...more: string[]) =>
    event(
      'DTSTART;TZID=Europe/Berlin:19700105T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY',
      ...more,
    );

  void test('keeps its time on the clock, from long ago and without an end', async () => {
    assert.deepEqual(await busyIn(calendar(...weekly())), [
      '2026-03-23T08:00/2026-03-23T09:00',
      '2026-03-30T07:00/2026-03-30T08:00',
    ]);
  });

  void test('at an hour that the clocks skip is moved, not lost', async () => {
    const lines = event(
      'DTSTART;TZID=Europe/Berlin:20260301T023000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY',
    );
    assert.deepEqual(await busyIn(calendar(...lines), ['2026-03-29', '2026-03-30']), [
      '2026-03-29T01:30/2026-03-29T02:30',
    ]);
  });

  void test('that began before the window, or far from UTC, still takes its end', async () => {
    const long = event('DTSTART:20260301T000000Z', 'DURATION:P9D', 'RRULE:FREQ=WEEKLY;INTERVAL=2');
    assert.deepEqual(await busyIn(calendar(...long), ['2026-03-23', '2026-03-24']), [
      '2026-03-15T00:00/2026-03-24T00:00',
    ]);
    const far = event(
      'DTSTART;TZID=Pacific/Honolulu:20260301T200000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY',
    );
    assert.deepEqual(await busyIn(calendar(...far), ['2026-03-24T06:00Z', '2026-03-24T07:00Z']), [
      '2026-03-24T06:00/2026-03-24T07:00',
    ]);
  });

  void test('leaves out EXDATE and adds RDATE, also with a length of its own', async () => {
    const lines = weekly(
      'EXDATE;TZID=Europe/Berlin:20260323T090000',
      'RDATE;TZID=Europe/Berlin:20260324T110000',
      'RDATE;VALUE=PERIOD:20260325T110000Z/PT15M,20260326T110000Z/20260326T113000Z',
    );
    assert.deepEqual(await busyIn(calendar(...lines)), [
      '2026-03-24T10:00/2026-03-24T11:00',
      '2026-03-25T11:00/2026-03-25T11:15',
      '2026-03-26T11:00/2026-03-26T11:30',
      '2026-03-30T07:00/2026-03-30T08:00',
    ]);
  });

  void test('follows its changed occurrences, out of the window and into it', async () => {
    const moved = (from: string, to: string, ...more: string[]) =>
      event(`RECURRENCE-ID;TZID=Europe/Berlin:${from}`, `DTSTART:${to}`, 'DURATION:PT30M', ...more);
    const text = calendar(
      ...weekly(),
      ...moved('20260323T090000', '20270101T090000Z'),
      ...moved('20260330T090000', '20260401T090000Z', 'STATUS:CANCELLED'),
      ...moved('20260105T090000', '20260327T120000Z'),
    );
    assert.deepEqual(await busyIn(text), ['2026-03-27T12:00/2026-03-27T12:30']);
  });

  void test('ends with UNTIL, inclusive on its own clock, or with COUNT', async () => {
    const until = ['DTSTART;TZID=Europe/Berlin:20260309T090000', 'DURATION:PT1H'];
    const last = async (rule: string) =>
      (await busyIn(calendar(...event(...until, `RRULE:FREQ=WEEKLY;${rule}`)))).length;
    assert.equal(await last('UNTIL=20260330T070000Z'), 2);
    assert.equal(await last('UNTIL=20260330T065959Z'), 1);
    assert.equal(await last('UNTIL=20260330'), 2);
    assert.equal(await last('COUNT=3'), 1);
    assert.equal(await last('INTERVAL=2'), 1);
    assert.equal(await last('UNTIL=20260301T070000Z'), 0);
  });

  void test('counts its beginning although the rule does not fit it', async () => {
    const lines = event(...at9, 'RRULE:FREQ=WEEKLY;BYDAY=TU');
    assert.equal((await busyIn(calendar(...lines), ['2026-03-23', '2026-03-25'])).length, 2);
  });
});

void describe('unknown, never free', () => {
  const table: ReadonlyArray<[string, string]> = [
    ['an unknown zone', calendar(...event('DTSTART;TZID=Mars/Olympus:20260323T090000', 'DURATION:PT1H'))],
    ['no beginning', calendar(...event('SUMMARY:x'))],
    ['a beginning that is none', calendar(...event('DTSTART:soon', 'DURATION:PT1H'))],
    ['an end before the beginning', calendar(...event('DTSTART:20260323T090000Z', 'DTEND:20260322T090000Z'))],
    ['a duration that is none', calendar(...event('DTSTART:20260323T090000Z', 'DURATION:long'))],
    ['every second', calendar(...event(...at9, 'RRULE:FREQ=SECONDLY;COUNT=999999999'))],
    ['every hour', calendar(...event(...at9, 'RRULE:FREQ=HOURLY;COUNT=2'))],
    ['a huge count from long ago', calendar(...event('DTSTART:00010101T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=999999999'))],
    ['a rule of another calendar', calendar(...event(...at9, 'RRULE:RSCALE=HEBREW;FREQ=YEARLY'))],
    ['a rule that is none', calendar(...event(...at9, 'RRULE:BYDAY=MO'))],
    ['a rule that ends at a time that is none', calendar(...event(...at9, 'RRULE:FREQ=DAILY;UNTIL=20269999T000000Z'))],
    ['a rule that ends at no time at all', calendar(...event(...at9, 'RRULE:FREQ=DAILY;UNTIL=later'))],
    ['EXRULE', calendar(...event(...at9, 'RRULE:FREQ=DAILY', 'EXRULE:FREQ=WEEKLY'))],
    ['this and all following', calendar(...event('RECURRENCE-ID;RANGE=THISANDFUTURE:20260323T090000Z', ...at9))],
    ['VFREEBUSY', calendar('BEGIN:VFREEBUSY', 'FREEBUSY:20260323T090000Z/PT1H', 'END:VFREEBUSY')],
    ['half a calendar', calendar(...event(...at9)).slice(0, 100)],
    ['a web page', '<!doctype html><title>Sign in</title>'],
    ['nothing', ''],
  ]; // prettier-ignore
  for (const [what, text] of table)
    void test(what, async () => {
      await unknown(busyIn(text));
    });

  void test('a feed that takes too long', async () => {
    let clock = 0;
    const { busy } = serving(calendar(...event(...at9), ...event(...at9)), () => (clock += 1_500));
    await unknown(busy.freeBusy({ start: 0, end: 1, zone: berlin }));
  });

  void test('tells nothing of the calendar', async () => {
    const text = calendar(...event('DTSTART;TZID=Secret place:20260323T090000', 'SUMMARY:Doctor'));
    await assert.rejects(busyIn(text), (thrown: Error) => !/Secret|Doctor/.test(thrown.message));
  });
});

void describe('the feed', () => {
  const open = () => {
    const emulator = createEmulator({
      seed: 1,
      candidates: 0,
      now: () => 0,
      later: () => () => undefined,
      fetch: () => new Response(),
      origin: 'http://emulator.test/ics-feed',
      rate: 0,
      allowHttpLoopback: false,
      deliverMail: () => undefined,
      changed: () => undefined,
    });
    const link = (url: string) => ({
      settings: connector.settings.parse({ url }),
      http: createHttp({
        connector: 'ics-feed',
        fetch: (address, init) =>
          emulator.api.request(address.replace('http://emulator.test/ics-feed/api', ''), init),
      }),
      dial: noDial,
      now: () => Date.UTC(2026, 0, 4),
    });
    return { emulator, link, url: emulator.credentials()['url'] ?? '' };
  };

  void test('is asked for by https where it says webcal', async () => {
    const { busy, asked } = serving(calendar());
    await busy.freeBusy({ start: 0, end: 1, zone: berlin });
    assert.equal(asked[0]?.url, 'https://calendars.example/secret/basic.ics');
  });

  void test('is tested: its name, its entries, and what the next days hold', async () => {
    const { link, url, emulator } = open();
    const form = {
      title: 'Away, “far”; long\\',
      start: '2026-01-06T10:00',
      end: '2026-01-06T12:00',
    };
    const token = new URL(url).pathname.split('/')[3] ?? '';
    await emulator.pages.request(`/${token}/entries`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { account } = await connector.verify(link(url));
    assert.deepEqual(account.slice(1), [
      { label: 'Entries', value: '2' },
      { label: 'Busy times in the next 14 days', value: '3' },
    ]);
  });

  void test('that is gone or broken is an error without its address', async () => {
    const { link, url, emulator } = open();
    for (const [address, kind] of [
      [url, 'unreachable'],
      [url.replace('/basic', 'x/basic'), 'not_found'],
    ] as const) {
      if (kind === 'unreachable') emulator.faults.push({ kind: 503, match: '', times: 1 });
      const { busy } = connector.connect(link(address));
      const thrown: unknown = await busy
        ?.freeBusy({ start: 0, end: 1, zone: berlin })
        .catch((reason: unknown) => reason);
      assert.ok(thrown instanceof ConnectorError);
      assert.equal(thrown.kind, kind);
      assert.doesNotMatch(thrown.message, /basic\.ics/);
    }
  });
});
