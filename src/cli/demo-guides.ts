/** The two integrations as their guides tell them, and the two crossed pairs. */
import type { Choice, Effect, Found } from './demo-api.ts';
import { ashbyDesk, copyKey, countIn, firstIn, leverDesk, textOf } from './demo-hands.ts';
import { until } from './demo-report.ts';
import {
  choices,
  connect,
  ensureRule,
  mirrored,
  named,
  nextCandidate,
  type Ats,
  type Stage,
} from './demo-setup.ts';

export type Platform = Ats['connection'];

const testTag = 'send-codingame-test';

/** Connects one account and says whether it was there already. */
export const connectStep = async (
  stage: Stage,
  wanted: {
    connector: string;
    name: string;
    vendor: string;
    /** Null: what its page shows is everything. */
    makeKey: (() => Promise<string>) | null;
  },
): Promise<Platform> => {
  const { connection, found } = await stage.report.step(
    `connect ${wanted.vendor}: copy ${wanted.makeKey ? 'its API key' : 'what its page shows'}, test it, save it`,
    () => connect(stage, wanted),
  );
  if (found) stage.report.note('It was connected already; key and webhooks were checked again.');
  return connection;
};

const ruleStep = async (
  { api, report }: Stage,
  text: string,
  input: Parameters<typeof ensureRule>[1],
): Promise<void> => {
  const { found } = await report.step(text, () => ensureRule(api, input));
  if (found) report.note('The rule was there already.');
};

export const connectLever = async (stage: Stage): Promise<Ats> => {
  const desk = leverDesk(stage.hands);
  const { makeKey } = desk;
  const wanted = { connector: 'lever', name: 'Lever (demo)', vendor: 'Lever', makeKey };
  return { desk, connection: await connectStep(stage, wanted) };
};

export const connectAshby = async (stage: Stage): Promise<Ats> => {
  const desk = ashbyDesk(stage.hands);
  const { makeKey } = desk;
  const wanted = { connector: 'ashby', name: 'Ashby (demo)', vendor: 'Ashby', makeKey };
  return { desk, connection: await connectStep(stage, wanted) };
};

export const connectCodingame = (stage: Stage): Promise<Platform> =>
  connectStep(stage, {
    connector: 'codingame',
    name: 'CodinGame (demo)',
    vendor: 'CodinGame',
    makeKey: () => copyKey(stage.hands, '/codingame/integration'),
  });

export const connectCodeinterview = (stage: Stage): Promise<Platform> =>
  connectStep(stage, {
    connector: 'codeinterview',
    name: 'CodeInterview (demo)',
    vendor: 'CodeInterview.io',
    makeKey: () => copyKey(stage.hands, '/codeinterview/settings'),
  });

/** Address of the hub's webhook for stage changes. */
const stageHook = ({ connection }: Ats): string => {
  const hook = connection.webhooks.find(({ event }) => event === 'candidateStageChange');
  if (!hook) throw new Error('The hub has no webhook for stage changes.');
  if (hook.attention) throw new Error(`The webhook is ${hook.text}. ${hook.hint ?? ''}`);
  return hook.url;
};

export const only = (count: number, what: string): void => {
  if (count !== 1) throw new Error(`There should be one ${what}, there are ${String(count)}.`);
};

/** CodinGame with Lever: tag and stage send a test, its result comes back to the timeline. */
export const testGuide = async (stage: Stage, ats: Ats, platform: Platform): Promise<void> => {
  const { hands, report } = stage;
  const { desk } = ats;
  const stages = await choices(stage, ats.connection, 'stages');
  const [target] = named(stages, 'Recruiter screen');
  const [job] = named(await choices(stage, ats.connection, 'jobs'), 'Backend Engineer');
  const [test] = named(await choices(stage, platform, 'tests'), 'Backend engineer');
  if (!target || !job || !test) return;
  await ruleStep(stage, `rule: tag ${testTag} and stage ${target.name} send "${test.name}"`, {
    name: 'Demo: backend test',
    connectionId: ats.connection.id,
    stageIds: [target.id],
    tag: testTag,
    action: 'assessment',
    platformId: platform.id,
    testId: test.id,
  });
  await report.step(
    'Lever lists the hub’s webhook for stage changes once, switched on',
    async () => {
      const page = await hands.page('/lever/settings/webhooks');
      const hooks = page.slice(0, page.indexOf('<h2>Last deliveries'));
      only(countIn(hooks, stageHook(ats)), 'webhook');
      firstIn(textOf(page), /Candidate Stage Change (on) /, 'the event switched on');
    },
  );
  await report.step(
    `add the tag to the Lever job ${job.name}; its candidates inherit it`,
    async () => {
      const page = await hands.page(`/lever/jobs/${job.id}`);
      if (page.includes(`Remove tag ${testTag}"`)) return;
      await hands.submit(`/lever/jobs/${job.id}/tags`, { tag: testTag });
    },
  );
  const from = named(stages, 'New applicant');
  const candidate = await nextCandidate(stage, ats, { from, job, email: true });
  await report.step(
    `move ${candidate.name} to ${target.name}: the test arrives by mail`,
    async () => {
      await desk.move(candidate, target.id);
      await firstMail(stage, candidate.email ?? '');
    },
  );
  await report.step('a note about it stands on the Lever timeline', () =>
    profileShows(ats, candidate, `Assessment sent (`),
  );
  report.note(candidate.url);
  await lateAddress(stage, ats, { from, job, target });
  await takeTest(stage, ats, candidate);
};

/** Without an e-mail address the test waits until there is one. */
const lateAddress = async (
  stage: Stage,
  ats: Ats,
  { from, job, target }: { from: readonly Choice[]; job: Choice; target: Choice },
): Promise<void> => {
  const { api, report } = stage;
  const candidate = await nextCandidate(stage, ats, { from, job, email: false });
  await report.step(`${candidate.name} has no e-mail address: the test waits`, async () => {
    await ats.desk.move(candidate, target.id);
    const { id } = await mirrored(stage, ats, candidate, () => true);
    await until('the hub shows a test that waits', async () => {
      const waiting = await api.list<Effect>(`/effects?candidateId=${id}&state=waiting`);
      return waiting.length === 1;
    });
  });
  await report.step('the address is added in Lever: the test is sent', async () => {
    const email = `late.${candidate.remoteId.slice(0, 8)}@candidates.example`;
    await ats.desk.setEmail(candidate, email);
    await firstMail(stage, email);
  });
};

const takeTest = async (stage: Stage, ats: Ats, candidate: Found): Promise<void> => {
  const { hands, report } = stage;
  const link = await report.step(
    `${candidate.name} opens the link in the mail and takes the test`,
    async () => {
      const mail = await firstMail(stage, candidate.email ?? '');
      const opened = firstIn(mail, /(https?:\/\/\S+)/, 'a link to the test');
      await hands.page(opened);
      await hands.submit(`${opened}/start`, {});
      await hands.submit(`${opened}/finish`, { score: '82', answer: 'return list.reversed();' });
      return opened;
    },
  );
  report.note(link);
  const reportUrl = await report.step(
    'the result stands on the timeline: 82 % and the report',
    async () => {
      await profileShows(ats, candidate, 'Assessment result (');
      const page = await ats.desk.profile(candidate);
      firstIn(page, /(82 %)/, 'the score');
      const url = firstIn(page, /Report: *<a[^>]* href="([^"]+)"/, 'a link to the report');
      firstIn(await hands.page(url), /(Report)/, 'the report');
      return url;
    },
  );
  report.note(reportUrl);
};

/** CodeInterview.io with Ashby: a stage makes a link, once, and it stands in the notes. */
export const linkGuide = async (stage: Stage, ats: Ats, platform: Platform): Promise<void> => {
  const { hands, report } = stage;
  const stages = await choices(stage, ats.connection, 'stages');
  const targets = named(stages, 'Technical Quiz');
  await ruleStep(stage, 'choose the stages that make interview links: Technical Quiz', {
    name: 'Demo: link at Technical Quiz',
    connectionId: ats.connection.id,
    stageIds: targets.map(({ id }) => id),
    tag: null,
    action: 'live_link',
    platformId: platform.id,
    testId: null,
  });
  await report.step('Ashby’s admin page shows the webhook once, Enabled: True', async () => {
    const page = await hands.page('/ashby/admin/webhooks');
    const shown = page.split('<h2>').map(textOf);
    const ours = shown.filter((text) => text.includes(`${stageHook(ats)} `));
    only(ours.filter((text) => text.startsWith('candidateStageChange')).length, 'webhook');
    firstIn(ours.join(' '), /Enabled:? (True)/, 'that it is enabled');
  });
  const [job] = named(await choices(stage, ats.connection, 'jobs'), 'Backend Engineer');
  if (!job) return;
  const from = named(stages, 'Application Review');
  const candidate = await nextCandidate(stage, ats, { from, job, email: true });
  const target = samePlan(stages, candidate, targets);
  const link = await report.step(
    `move ${candidate.name} to ${target.name}: a link appears in the notes`,
    async () => {
      await ats.desk.move(candidate, target.id);
      return linkInProfile(ats, candidate);
    },
  );
  report.note(link);
  await report.step(
    'the interview is in the CodeInterview account, and its link opens',
    async () => {
      const list = await hands.page('/codeinterview');
      only(countIn(list, `href="${new URL(link).pathname}"`), 'interview');
      await hands.page(link);
    },
  );
  await report.step('back, and into the same stage again: no second link', async () => {
    const listed = 'href="/codeinterview/';
    const interviewsBefore = countIn(await hands.page('/codeinterview'), listed);
    const before = await mirrored(stage, ats, candidate, () => true);
    await ats.desk.move(candidate, candidate.stageId);
    await ats.desk.move(candidate, target.id);
    const after = await mirrored(
      stage,
      ats,
      candidate,
      ({ entries, stageId }) => stageId === target.id && entries.length > before.entries.length,
    );
    const effects = await stage.api.list<Effect>(`/effects?candidateId=${after.id}`);
    only(effects.filter(({ kind }) => kind === 'live_link').length, 'link in the hub');
    const interviews = countIn(await hands.page('/codeinterview'), listed);
    only(interviews - interviewsBefore + 1, 'interview');
  });
  report.note(candidate.url);
};

/** Lever with CodeInterview.io: the same code as the other pairs. */
export const crossedLink = async (stage: Stage, ats: Ats, platform: Platform): Promise<void> => {
  const { report } = stage;
  const stages = await choices(stage, ats.connection, 'stages');
  const [target] = named(stages, 'HM Screen');
  const [job] = named(await choices(stage, ats.connection, 'jobs'), 'Backend Engineer');
  if (!target || !job) return;
  await ruleStep(stage, `rule: stage ${target.name} in Lever makes a CodeInterview link`, {
    name: 'Demo: link at HM Screen',
    connectionId: ats.connection.id,
    stageIds: [target.id],
    tag: null,
    action: 'live_link',
    platformId: platform.id,
    testId: null,
  });
  const from = named(stages, 'New applicant');
  const candidate = await nextCandidate(stage, ats, { from, job, email: true });
  const link = await report.step(
    `move ${candidate.name} to ${target.name}: the link stands on the Lever timeline`,
    async () => {
      await ats.desk.move(candidate, target.id);
      return linkInProfile(ats, candidate);
    },
  );
  report.note(link);
};

/** Ashby with CodinGame. */
export const crossedTest = async (stage: Stage, ats: Ats, platform: Platform): Promise<void> => {
  const { report } = stage;
  const tag = 'Send test';
  const stages = await choices(stage, ats.connection, 'stages');
  const targets = named(stages, 'Technical Interview');
  const [job] = named(await choices(stage, ats.connection, 'jobs'), 'Frontend Engineer');
  const [test] = named(await choices(stage, platform, 'tests'), 'Frontend engineer');
  if (!test || !job) return;
  await ruleStep(
    stage,
    `rule: tag ${tag} and stage Technical Interview in Ashby send "${test.name}"`,
    {
      name: 'Demo: frontend test',
      connectionId: ats.connection.id,
      stageIds: targets.map(({ id }) => id),
      tag,
      action: 'assessment',
      platformId: platform.id,
      testId: test.id,
    },
  );
  const from = named(stages, 'Application Review');
  const candidate = await nextCandidate(stage, ats, { from, job, email: true });
  const target = samePlan(stages, candidate, targets);
  await report.step(
    `tag ${candidate.name} and move to ${target.name}: the test arrives by mail`,
    async () => {
      await ats.desk.addTag(candidate, tag);
      await ats.desk.move(candidate, target.id);
      await firstMail(stage, candidate.email ?? '');
    },
  );
  await report.step('a note about it stands in Ashby', () =>
    profileShows(ats, candidate, 'Assessment sent ('),
  );
  report.note(candidate.url);
};

/** Text of the mail that came to somebody who never had one from the demo before. */
const firstMail = async ({ hands }: Stage, email: string): Promise<string> => {
  const mails = await until('the test arrives in the mailbox', async () => {
    const found = await hands.mails(email);
    return found.length > 0 ? found : null;
  });
  only(mails.length, 'mail');
  return mails.map(({ text }) => text).join('\n');
};

export const profileShows = (ats: Ats, candidate: Found, text: string): Promise<true> =>
  until(`the candidate’s page shows "${text}"`, async () =>
    (await ats.desk.profile(candidate)).includes(text),
  );

const linkInProfile = async (ats: Ats, candidate: Found): Promise<string> => {
  await profileShows(ats, candidate, 'Technical interview link (');
  const page = await ats.desk.profile(candidate);
  return firstIn(page, /Technical interview link \([^)]*\): *<a[^>]* href="([^"]+)"/, 'a link');
};

/** Of the stages of that name, the one in the plan that the candidate is in. */
const samePlan = (
  stages: readonly Choice[],
  candidate: Found,
  targets: readonly Choice[],
): Choice => {
  const plan = stages.find(({ id }) => id === candidate.stageId)?.group?.id;
  const target = targets.find(({ group }) => group?.id === plan);
  if (!target) throw new Error('The candidate’s interview plan has no such stage.');
  return target;
};
