/** The panel engine at work: five events, four zones, one answer, booked as it was given. */
import { dateTimeText, timeText } from '#core/template/times.ts';
import { now } from '#sandbox/clock.ts';
import type { Found, Interview, Person } from './demo-api.ts';
import { profileShows } from './demo-guides.ts';
import { until } from './demo-report.ts';
import type { Ats, Stage } from './demo-setup.ts';

const day = 86_400_000;
const home = 'Asia/Kathmandu';
const pool = 'Demo: pairing';
const templateName = 'Demo: onsite of five';

interface Cast {
  ats: Ats;
  people: readonly Person[];
  candidate: Found;
}

interface Solution {
  schedules: Array<{
    events: Array<{ start: string; minutes: number; seats: Array<{ chosen: string[] }> }>;
    compromises: Array<{ text: string }>;
  }>;
  proof: string;
  people: Record<string, string>;
}

/** Where they live, in the order of the events; the last one may take the first one's place too. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Europe/London',
  'Europe/Berlin',
];
const names = ['Coding', 'System design', 'Values', 'Pairing', 'Meet the team'];

export const playPanel = async (stage: Stage, { ats, people, candidate }: Cast): Promise<void> => {
  const { api, report, hands } = stage;
  // The first two sit in the interviews before, at hours of their own.
  const team = people.slice(2, 2 + zones.length);
  const templateId = await report.step(
    'five interviewers in four zones, a pool, and a template of five events',
    () => prepare(stage, team),
  );
  for (const [index, { name }] of team.entries()) report.note(`${name}, ${zones[index] ?? ''}`);
  const asked = {
    connectionId: ats.connection.id,
    candidateId: candidate.remoteId,
    templateId,
    candidateZone: home,
  };
  const found = await report.step(
    `ask when ${candidate.name} in Kathmandu and all of them can, and who sits where`,
    async () => {
      const answer = await api.send<Solution>('POST', '/panels/solve', { ...asked, ...search() });
      if (answer.proof !== 'optimal') throw new Error('The engine did not come to a proof.');
      return answer;
    },
  );
  const [best] = found.schedules;
  if (!best) throw new Error('There is no time at which everybody can.');
  report.note(`${String(found.schedules.length)} schedules, the best of all proven:`);
  const chosen = best.events.map((event, index) => {
    const [who = ''] = event.seats.flatMap((seat) => seat.chosen);
    return { at: Date.parse(event.start), who, name: names[index] ?? '' };
  });
  for (const { at, who, name } of chosen.toSorted((a, b) => a.at - b.at)) {
    const zone = zones[team.findIndex(({ id }) => id === who)] ?? 'UTC';
    const theirs = timeText(at, zone);
    report.note(`${dateTimeText(at, home)}  ${name}: ${found.people[who] ?? who}, for whom it is ${theirs}`); // prettier-ignore
  }
  for (const { text } of best.compromises) report.note(`Compromise: ${text}`);
  const interview = await report.step('schedule it as it was answered', async () => {
    const { events } = best;
    const made = await api.send<Interview>('POST', '/interviews', { ...asked, events });
    const starts = made.events.map(({ start }) => start).toSorted();
    const wanted = events.map(({ start }) => start).toSorted();
    if (starts.join() !== wanted.join()) throw new Error('It was booked at other times.');
    return made;
  });
  await report.step('the invite tells the times in Kathmandu; the panel stands in Lever', async () => {
    const first = Math.min(...interview.events.map(({ start }) => Date.parse(start)));
    await until('the candidate’s invite', async () => {
      const mails = await hands.mails(candidate.email ?? '');
      return mails.some(({ text }) => text.includes(timeText(first, home)));
    });
    await profileShows(ats, candidate, 'View in External App');
  }); // prettier-ignore
  report.note(hands.at(`/mailbox?to=${encodeURIComponent(candidate.email ?? '')}`));
  report.note(candidate.url);
};

/** The next three weeks, in the candidate's afternoons and evenings. */
const search = () => {
  const today = Math.floor(now() / day) * day;
  const span = (ahead: number) => {
    const at = today + ahead * day;
    return { start: new Date(at + 8.25 * (day / 24)), end: new Date(at + 16.25 * (day / 24)) };
  };
  const days = Array.from({ length: 21 }, (_, index) => span(index + 1));
  return {
    from: new Date(today + day).toISOString(),
    to: new Date(today + 22 * day).toISOString(),
    windows: days.filter(({ start }) => start.getUTCDay() % 6 !== 0),
  };
};

/** Found again at a second start. */
const prepare = async ({ api }: Stage, team: readonly Person[]): Promise<string> => {
  for (const [index, { id, name, email }] of team.entries()) {
    const tags = index % 4 === 0 ? ['demo-pairing'] : [];
    await api.send('PUT', `/people/${id}`, { name, email, zone: zones[index], tags });
  }
  interface Named {
    id: string;
    name: string;
  }
  const ensure = async (path: string, name: string, body: object): Promise<string> => {
    const known = (await api.list<Named>(path)).find((one) => one.name === name);
    return (known ?? (await api.send<Named>('POST', path, { name, ...body }))).id;
  };
  const poolId = await ensure('/pools', pool, { expression: 'demo-pairing' });
  const named = (index: number) => ({ from: { kind: 'people', personIds: [team[index]?.id] } });
  const seats = [
    { from: { kind: 'pool', poolId, count: 1 } },
    named(1),
    named(2),
    { from: { kind: 'pool', poolId, count: 1 } },
    named(3),
  ];
  return ensure('/templates', templateName, {
    layer: {
      interviewName: 'Onsite of five',
      order: 'any',
      maxGapMinutes: 45,
      events: names.map((name, index) => ({ name, minutes: 45, seats: [seats[index]] })),
    },
  });
};
