/** Scheduling as its guides tell it: with Codility, with CodeSignal, and pushed to Lever. */
import { now } from '#sandbox/clock.ts';
import type { Found, Interview, Person } from './demo-api.ts';
import { connectStep, only, profileShows, type Platform } from './demo-guides.ts';
import { firstIn, type Hands } from './demo-hands.ts';
import { playPanel } from './demo-panel.ts';
import { until } from './demo-report.ts';
import { choices, named, nextCandidate, type Ats, type Stage } from './demo-setup.ts';

interface Room {
  stage: Stage;
  ats: Ats;
  people: Person[];
  /** Number of the newest mail before the interview that is played: older ones do not count. */
  since: number;
}

const day = 86_400_000;

export const playScheduling = async (stage: Stage, ats: Ats): Promise<void> => {
  const { report } = stage;
  report.heading('Scheduling with Codility: variables become links');
  const people = await prepare(stage, ats);
  const room: Room = { stage, ats, people, since: 0 };
  const codility = await connectStep(stage, {
    connector: 'codility',
    name: 'Codility (demo)',
    vendor: 'Codility',
    makeKey: () => makeCodilityKey(stage.hands),
  });
  await codilityGuide(room);
  report.heading('Scheduling with CodeSignal: one template, one link');
  const codesignal = await connectStep(stage, {
    connector: 'codesignal',
    name: 'CodeSignal (demo)',
    vendor: 'CodeSignal',
    makeKey: () => makeCodesignalKey(stage.hands),
  });
  await codesignalGuide(room, codesignal);
  report.heading('Scheduling with Lever: the panel follows every change');
  await leverGuide(room, codility);
  report.heading('A panel of five for a candidate in another zone');
  await playPanel(stage, { ats, people, candidate: await nextApplicant(room) });
};

/** A mail server, and Lever's users as interviewers. */
const prepare = async (stage: Stage, ats: Ats): Promise<Person[]> => {
  const { api, report } = stage;
  await connectStep(stage, {
    connector: 'smtp',
    name: 'Mail server (demo)',
    vendor: 'the mail server',
    makeKey: null,
  });
  return report.step('import the interviewers from Lever’s users', async () => {
    await api.send('POST', '/people/import', { connectionId: ats.connection.id });
    return api.list<Person>('/people');
  });
};

const makeCodilityKey = async (hands: Hands): Promise<string> => {
  const { html } = await hands.submit('/codility/account/integrations', { name: 'Loopwright' });
  return firstIn(html, /(Authorization: Bearer [^<\s]+)/, 'the new key in its header');
};

const makeCodesignalKey = async (hands: Hands): Promise<string> => {
  const fields = new URLSearchParams([
    ['description', 'Loopwright'],
    ['permissions', 'liveInterview'],
    ['permissions', 'companyTest'],
    ['permissions', 'companyTestSession'],
  ]);
  const { html } = await hands.submit('/codesignal/integrations/api-keys', fields);
  return firstIn(html, /user-select:all">\s*([^<\s]+)/, 'the new key');
};

/** Ten o'clock on a working day that no interview of the demo has taken yet. */
const freeDay = async ({ stage: { api } }: Room): Promise<number> => {
  const taken = await api.list<Interview>('/interviews');
  const used = new Set(
    taken.flatMap(({ events }) => events.map(({ start }) => start.slice(0, 10))),
  );
  const today = Math.floor(now() / day) * day;
  for (let ahead = 2; ; ahead += 1) {
    const at = today + ahead * day;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !used.has(new Date(at).toISOString().slice(0, 10)))
      return at + day * (10 / 24);
  }
};

interface Wish {
  /** What stands in the invites. */
  body: string;
  /** Where the candidate reads something else. */
  candidateBody?: string;
  candidate: Found;
  layer?: object;
  feedbackFormId?: string | null;
}

const schedule = async (room: Room, wish: Wish): Promise<Interview> => {
  const { stage, ats, people } = room;
  const start = await freeDay(room);
  room.since = (await stage.hands.mails(''))[0]?.id ?? 0;
  const event = (name: string, index: number) => ({
    name,
    minutes: 60,
    start: new Date(start + index * (day / 24)).toISOString(),
    seats: [{ from: { kind: 'people', personIds: [people[index]?.id] } }],
    feedbackFormId: wish.feedbackFormId ?? null,
  });
  return stage.api.send<Interview>('POST', '/interviews', {
    connectionId: ats.connection.id,
    candidateId: wish.candidate.remoteId,
    candidateZone: 'Asia/Kathmandu',
    layer: {
      interviewName: 'Onsite loop',
      texts: {
        interviewerInvite: { title: '$Event.Name: $Candidate.FullName', body: wish.body },
        candidateInvite: {
          title: 'Your interview',
          body: `$Interview.Itinerary\n${wish.candidateBody ?? wish.body}`,
        },
        candidateMail: null,
      },
      ...wish.layer,
    },
    events: [event('Algorithms', 0), event('System design', 1)],
  });
};

/** The next applicant, moved to the stage that the interview is for. */
const nextApplicant = async ({ stage, ats }: Room): Promise<Found> => {
  const stages = await choices(stage, ats.connection, 'stages');
  const [job] = named(await choices(stage, ats.connection, 'jobs'), 'Backend Engineer');
  const [onsite] = named(stages, 'On-site interview');
  if (!job || !onsite) throw new Error('Lever has no job for backend engineers.');
  const from = named(stages, 'New applicant');
  const candidate = await nextCandidate(stage, ats, { from, job, email: true });
  await ats.desk.move(candidate, onsite.id);
  return candidate;
};

/** Links in the newest invite to somebody about this candidate. */
const linksTo = async (room: Room, address: string, pattern: RegExp): Promise<string[]> => {
  const mails = await room.stage.hands.mails(address);
  const mail = mails.find(({ id }) => id > room.since);
  return (mail?.text.match(/https?:\/\/[^\s<>"]+/g) ?? []).filter((link) => pattern.test(link));
};

const addressesOf = ({ people }: Room): string[] => people.slice(0, 2).map(({ email }) => email);

const untilLinks = (room: Room, address: string, pattern: RegExp, count: number) =>
  until(`an invite with ${String(count)} links for ${address}`, async () => {
    const links = await linksTo(room, address, pattern);
    return links.length === count ? links : null;
  });

const codilityGuide = async (room: Room): Promise<void> => {
  const { report, hands } = room.stage;
  const candidate = await nextApplicant(room);
  const pattern = /\/codility\/live\//;
  const links = await report.step(
    `schedule ${candidate.name} with $Event.Codility.Live.Link: each invite has a session of its own`,
    async () => {
      await schedule(room, { candidate, body: 'Room: $Event.Codility.Live.Link' });
      const own: string[] = [];
      for (const address of addressesOf(room))
        own.push(...(await untilLinks(room, address, pattern, 1)));
      only(own.length - new Set(own).size + 1, 'session for each event');
      return own;
    },
  );
  await report.step(
    'the candidate’s invite lists both rooms, with times in Kathmandu',
    async () => {
      const address = candidate.email ?? '';
      const listed = await untilLinks(room, address, pattern, 2);
      if (listed.toSorted().join() !== links.toSorted().join())
        throw new Error('The candidate’s links are not those of the interviewers.');
      const [mail] = await hands.mails(address);
      firstIn(mail?.text ?? '', /(15:45)/, 'the start in Kathmandu');
    },
  );
  await report.step('the link opens the session in Codility', () => hands.page(links[0] ?? ''));
  report.note(links[0] ?? '');
  report.note(hands.at(`/mailbox?to=${encodeURIComponent(candidate.email ?? '')}`));
};

const codesignalGuide = async (room: Room, platform: Platform): Promise<void> => {
  const { stage } = room;
  const { report, hands } = stage;
  const [template] = named(await choices(stage, platform, 'templates'), 'System design');
  if (!template) return;
  const candidate = await nextApplicant(room);
  const link = await report.step(
    `schedule ${candidate.name} with the template “${template.name}”: everybody gets the same link`,
    async () => {
      const coding = [{ connectionId: platform.id, kind: 'template', id: template.id }];
      const body = 'Coding: $Interview.CodeSignal.Template.Link';
      await schedule(room, { candidate, body, layer: { coding } });
      const all: string[] = [];
      for (const address of [...addressesOf(room), candidate.email ?? ''])
        all.push(...(await untilLinks(room, address, /\/(codesignal|join)\//, 1)));
      only(new Set(all).size, 'link');
      return all[0] ?? '';
    },
  );
  await report.step('the link opens the live interview', () => hands.page(link));
  report.note(link);
};

const leverGuide = async (room: Room, codility: Platform): Promise<void> => {
  const { stage, ats } = room;
  const { report, hands, api } = stage;
  const schedulePage = new URL(codility.webhooks[0]?.url ?? hands.at('/')).origin;
  await report.step(
    'turn on the scheduling toggle in Lever, and save the hub’s address',
    async () => {
      const address = `${schedulePage}/schedule?connection=${ats.connection.id}&candidate={opportunityId}`;
      await hands.submit('/lever/settings/integrations/toggle', { enabled: 'true' });
      await hands.submit('/lever/settings/integrations/address', { address });
    },
  );
  const candidate = await nextApplicant(room);
  await report.step(`press Schedule at ${candidate.name}: it opens the hub`, async () => {
    const page = (await ats.desk.profile(candidate)).replaceAll('&amp;', '&');
    await hands.page(firstIn(page, /href="([^"]+\/schedule\?[^"]+)"/, 'a Schedule button'));
  });
  const [form] = await choices(stage, ats.connection, 'feedback-forms');
  const interview = await report.step(
    'schedule with a feedback form: the panel is in Lever, its links in the invites',
    async () => {
      const body = 'Room: $Event.Codility.Live.Link\nFeedback: $Event.Feedback.Link';
      const made = await schedule(room, {
        candidate,
        body,
        candidateBody: 'Room: $Event.Codility.Live.Link',
        feedbackFormId: form?.id ?? null,
      });
      await profileShows(ats, candidate, 'View in External App');
      for (const address of addressesOf(room))
        await untilLinks(room, address, /\/lever\/interviews\//, 1);
      return made;
    },
  );
  report.note(candidate.url);
  await report.step('move it by two hours: the panel follows, and everybody is told', async () => {
    const [first] = interview.events;
    const start = new Date(Date.parse(first?.start ?? '') + day / 12);
    await api.send('POST', `/interviews/${interview.id}/reschedule`, {
      start: start.toISOString(),
    });
    await profileShows(ats, candidate, `${start.toISOString().slice(0, 10)} 12:00`);
  });
  await report.step('cancel it in Lever: the hub asks what that means; put it back', async () => {
    const page = await ats.desk.profile(candidate);
    const at = firstIn(page, /action="[^"]*(\/candidates\/[^"]+\/cancel)"/, 'Cancel interview');
    await hands.submit(`/lever${at}`, {});
    await until('the hub shows that it was cancelled in Lever', async () => {
      const { flag } = await api.get<Interview>(`/interviews/${interview.id}`);
      return flag === 'cancelled_in_ats';
    });
    await api.send('POST', `/interviews/${interview.id}/put-back`, {});
    await profileShows(ats, candidate, 'View in External App');
  });
  report.note(candidate.url);
};
