/**
 * From the request that schedules a panel of five events to the moment when everything stands: five
 * CodeSignal sessions, the panel in Lever, six invites and the candidate's mail handed to a mail
 * server on a real socket. One panel at a time.
 */
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { openStage, type Stage } from './parts/stage.ts';
import { quantile, type Bench } from './report.ts';

const warmUp = 5;
const longest = 30_000;
const eventCount = 5;
const tomorrow = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;

interface Plan {
  connectionId: string;
  people: string[];
  candidates: string[];
}

/** Candidates with an address, as Lever's own API lists them. */
const reachable = async (stage: Stage, count: number): Promise<string[]> => {
  const { apiBase = '', apiKey = '' } = stage.emulator('lever').credentials();
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` };
  const found: string[] = [];
  let offset = '';
  do {
    const at = `${apiBase}/opportunities?archived=false&limit=100${offset}`;
    const page = (await (await fetch(at, { headers })).json()) as {
      data: Array<{ id: string; emails: string[] }>;
      next?: string;
    };
    found.push(...page.data.filter(({ emails }) => emails.length > 0).map(({ id }) => id));
    offset = page.next === undefined ? '' : `&offset=${encodeURIComponent(page.next)}`;
  } while (offset !== '' && found.length < count);
  return found.slice(0, count);
};

const prepare = async (stage: Stage, panels: number): Promise<Plan> => {
  const names = Array.from(
    { length: eventCount },
    (_, index) => `Interviewer ${String(index + 1)}`,
  );
  const addressOf = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@example.com`;
  for (const name of names) await stage.form('/lever/team', { name, email: addressOf(name) });
  const connectionId = await stage.connect('lever', 0);
  await stage.connect('codesignal', 0);
  await stage.connect('smtp', 0);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const hours = Object.fromEntries(days.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));
  const people: string[] = [];
  for (const name of names) {
    const person = { name, email: addressOf(name), zone: 'Europe/Berlin', hours };
    people.push((await stage.api<{ id: string }>('POST', '/people', person)).id);
  }
  const candidates = await reachable(stage, panels);
  if (candidates.length < panels) throw new Error('bench: too few candidates to schedule.');
  return { connectionId, people, candidates };
};

const panelOf = ({ connectionId, people }: Plan, candidateId: string, index: number) => {
  // Within the two weeks that a link lives: one panel begins every five hours.
  const first = tomorrow + index * eventCount * 3_600_000;
  return {
    connectionId,
    candidateId,
    layer: {
      texts: {
        interviewerInvite: { title: '$Event.Name', body: 'Room: $Event.CodeSignal.Live.Link' },
        candidateInvite: { title: 'Your day', body: '$Event.CodeSignal.Live.Link' },
      },
    },
    events: people.map((personId, position) => ({
      name: `Event ${String(position + 1)}`,
      minutes: 60,
      start: new Date(first + position * 3_600_000).toISOString(),
      seats: [{ from: { kind: 'people', personIds: [personId] } }],
    })),
  };
};

/** One mail for each interviewer, the candidate's invite and the candidate's mail. */
const mailsOfPanel = eventCount + 2;

/** Milliseconds from the request to the last mail at the server. */
const timeOne = async (stage: Stage, plan: Plan, index: number): Promise<number> => {
  const { requests } = stage.emulator('smtp');
  const before = requests.length;
  const begin = performance.now();
  await stage.api('POST', '/interviews', panelOf(plan, plan.candidates[index] ?? '', index));
  while (requests.length < before + mailsOfPanel) {
    if (performance.now() - begin > longest)
      throw new Error('bench: a panel was not scheduled within 30 s.');
    await pause(1);
  }
  return performance.now() - begin;
};

export const bench: Bench = {
  name: 'schedule',
  summary: 'A panel of five events, from the request to the last invite at the mail server.',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { panels: { type: 'string', default: '50' } },
    });
    const panels = Number(values.panels);
    const stage = await openStage({ candidates: 4 * (panels + warmUp), rate: 0, roles: ['all'] });
    try {
      const plan = await prepare(stage, panels + warmUp);
      await stage.idle(60_000);
      const samples: number[] = [];
      for (let index = 0; index < panels + warmUp; index += 1) {
        const taken = await timeOne(stage, plan, index);
        if (index >= warmUp) samples.push(taken);
        // Never in step with the hub's intervals.
        await pause(20 + ((index * 7) % 30));
      }
      await stage.idle(10_000);
      const { interviews } = stage.emulator('codesignal').snapshot() as { interviews: unknown[] };
      const wanted = (panels + warmUp) * eventCount;
      if (interviews.length !== wanted)
        throw new Error(
          `bench: ${String(wanted)} events made ${String(interviews.length)} sessions.`,
        );
      return [
        {
          id: 'p50',
          label: `Panel of ${String(eventCount)} events, ${String(panels)} panels`,
          unit: 'ms',
          samples,
          goal: { atMost: 400 },
          note: `${String(eventCount)} CodeSignal sessions, one panel in Lever, ${String(mailsOfPanel)} mails over SMTP. Limits lifted on both sides; sandbox and driver in one process, the hub (role all) in another, both and PostgreSQL on the same cores; ${String(warmUp)} panels before the first that counts.`,
        },
        { id: 'p99', label: 'p99', unit: 'ms', samples: [quantile(samples, 0.99)] },
      ];
    } finally {
      await stage.close();
    }
  },
};
