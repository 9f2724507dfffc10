/**
 * The web app in Chromium on a processor slowed down four times, from loopback: when its first page
 * is usable, how much script that takes, and how long an interaction on the schedule page waits for
 * its paint, with 200 interviewers. Beside it a bare page of the same component kit (`web/bare`).
 */
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildWeb } from '../scripts/web.ts';
import { serveBare } from './parts/bare.ts';
import {
  interactions,
  openChromium,
  openFirst,
  slowPage,
  watchInteractions,
  type FirstPage,
  type Interaction,
} from './parts/browser.ts';
import { openStage, type Stage } from './parts/stage.ts';
import { quantile, type Bench, type Figure } from './report.ts';

const interviewers = 200;
const person = { email: 'bench@example.com', password: 'a quiet machine measures best' };

const signIn = async (stage: Stage, context: BrowserContext): Promise<void> => {
  const page = await context.newPage();
  await page.goto(`${stage.url}/sign-in`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  await page.close();
};

const makeAccount = async (stage: Stage): Promise<void> => {
  const { link } = await stage.api<{ link: string }>('POST', '/invitations', {
    email: person.email,
    role: 'super_admin',
  });
  const token = link.split('/').at(-1) ?? '';
  await stage.api('POST', '/invitations/accept', {
    token,
    name: 'Bench',
    password: person.password,
  });
};

/** A page of its own for each round, so that nothing is compiled or kept from the one before. */
const firstPage = async (
  browser: Browser,
  url: string,
  selector: string,
  prepare: (context: BrowserContext) => Promise<void>,
): Promise<FirstPage> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    await prepare(context);
    return await openFirst(await slowPage(context), url, selector);
  } finally {
    await context.close();
  }
};

const usePage = async (
  browser: Browser,
  url: string,
  prepare: (context: BrowserContext) => Promise<void>,
  use: (page: Page) => Promise<Interaction[]>,
): Promise<Interaction[]> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    await prepare(context);
    const page = await slowPage(context);
    await page.goto(url);
    return await use(page);
  } finally {
    await context.close();
  }
};

/** Two hundred interviewers in a pool, and a template of five events that draws on it. */
const plantSchedule = async (stage: Stage): Promise<string> => {
  const connectionId = await stage.connect('lever', 0);
  const names = Array.from(
    { length: interviewers },
    (_, place) => `Interviewer ${String(place + 1)}`,
  );
  const addressOf = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@example.com`;
  for (const name of names) await stage.form('/lever/team', { name, email: addressOf(name) });
  await stage.api('POST', `/connections/${connectionId}/refresh`);
  await stage.idle(60_000);
  for (const name of names)
    await stage.api('POST', '/people', {
      name,
      email: addressOf(name),
      zone: 'Europe/Berlin',
      tags: ['backend'],
    });
  const pool = await stage.api<{ id: string }>('POST', '/pools', {
    name: 'Backend',
    expression: 'backend',
  });
  const seats = [{ from: { kind: 'pool', poolId: pool.id, count: 1 } }];
  const { postings } = stage.emulator('lever').snapshot() as { postings: Array<{ id: string }> };
  const jobId = postings[0]?.id ?? '';
  await stage.form('/lever/candidates', {
    name: 'Ada Lovelace',
    email: 'ada@candidates.example',
    posting: jobId,
    stage: 'applicant-new',
  });
  const { opportunities } = stage.emulator('lever').snapshot() as {
    opportunities: Array<{ id: string }>;
  };
  await stage.api('POST', '/templates', {
    name: 'Onsite',
    connectionId,
    jobId,
    layer: {
      order: 'any',
      events: ['Coding', 'Design', 'Pairing', 'Values', 'Team'].map((name) => ({
        name,
        minutes: 45,
        seats,
      })),
    },
  });
  return `${stage.url}/schedule?connection=${connectionId}&candidate=${opportunities.at(-1)?.id ?? ''}`;
};

/** What a coordinator does there most, one after the other. */
const useSchedule = async (page: Page): Promise<Interaction[]> => {
  const options = page.getByRole('radio');
  await options.first().waitFor();
  await watchInteractions(page);
  for (const place of [1, 2, 0]) await options.nth(place).click();
  await page.getByRole('button', { name: 'Change Coding' }).click();
  await page
    .getByLabel(/^Title/)
    .first()
    .pressSequentially(' two');
  const people = page.getByRole('combobox', { name: /^Seat 1/ }).first();
  await people.click();
  await people.pressSequentially('Interviewer 17');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Done with/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Add an event' }).click();
  await page
    .getByLabel(/^Title/)
    .last()
    .waitFor();
  return interactions(page);
};

const useBare = async (page: Page): Promise<Interaction[]> => {
  const options = page.getByRole('radio');
  await options.first().waitFor();
  await watchInteractions(page);
  for (const place of [1, 2, 0]) await options.nth(place).click();
  await page.getByLabel('Name').pressSequentially(' two');
  const people = page.getByLabel('Interviewers').first();
  await people.click();
  await people.pressSequentially('Interviewer 17');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  return interactions(page);
};

const slowestOf = (among: readonly Interaction[]): string =>
  among.toSorted((one, other) => other.ms - one.ms)[0]?.what ?? 'none';

const paintFigures = (app: Interaction[], bare: Interaction[]): Figure[] => [
  {
    id: 'interaction',
    label: 'interaction to next paint, schedule page, the slowest',
    unit: 'ms',
    samples: app.map(({ ms }) => ms),
    value: quantile(
      app.map(({ ms }) => ms),
      1,
    ),
    goal: { atMost: 200 },
    note: `Choosing options, opening and changing an event, choosing among ${String(interviewers)} interviewers, adding an event. Browsers tell of what takes 16 ms or more, in steps of 8 ms. The slowest: ${slowestOf(app)}.`,
  },
  { id: 'interaction-bare', label: 'bare page', unit: 'ms', samples: bare.map(({ ms }) => ms) },
];

const firstFigures = (app: FirstPage[], bare: FirstPage[], candidate: FirstPage): Figure[] => {
  const usable = (of: FirstPage[]): number[] => of.map((one) => one.usable);
  const script = (of: FirstPage[]): number[] => of.map((one) => one.script / 1_000);
  return [
    {
      id: 'first-page',
      label: 'first page usable',
      unit: 'ms',
      samples: usable(app),
      goal: { atMost: 1_500 },
      note: 'From the start of the navigation until Today shows what waits and the page takes input again; signed in, nothing kept from before.',
    },
    { id: 'first-page-bare', label: 'bare page', unit: 'ms', samples: usable(bare) },
    {
      id: 'first-page-ratio',
      label: 'times as long as the bare page',
      unit: 'x',
      samples: usable(app).map((value, round) => value / (usable(bare)[round] ?? NaN)),
    },
    {
      id: 'script',
      label: 'script of the first page, compressed',
      unit: 'kB',
      samples: script(app),
      goal: { atMost: 250 },
    },
    { id: 'script-bare', label: 'bare page', unit: 'kB', samples: script(bare) },
    {
      id: 'script-candidate',
      label: 'script of the candidate’s page, compressed',
      unit: 'kB',
      samples: script([candidate]),
      goal: { atMost: 150 },
      note: 'The page of a link that leads nowhere, which takes the same script.',
    },
  ];
};

export const bench: Bench = {
  name: 'web',
  summary: 'The web app in a browser, four times slowed down, against a bare page.',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string', default: '7' } },
    });
    await buildWeb();
    const stage = await openStage({ candidates: 12, rate: 0, roles: ['all'] });
    const bare = await serveBare();
    const browser = await openChromium();
    try {
      await makeAccount(stage);
      const app: FirstPage[] = [];
      const peer: FirstPage[] = [];
      for (let round = 0; round < Number(values.rounds); round += 1) {
        app.push(
          await firstPage(browser, stage.url, 'main h2, main h3', (context) =>
            signIn(stage, context),
          ),
        );
        peer.push(await firstPage(browser, bare.url, 'h1', () => Promise.resolve()));
      }
      const candidate = await firstPage(browser, `${stage.url}/i/nowhere`, 'h1', () =>
        Promise.resolve(),
      );
      const url = await plantSchedule(stage);
      const used: Interaction[] = [];
      const bareUsed: Interaction[] = [];
      for (let round = 0; round < Number(values.rounds); round += 1) {
        used.push(
          ...(await usePage(browser, url, (context) => signIn(stage, context), useSchedule)),
        );
        bareUsed.push(...(await usePage(browser, bare.url, () => Promise.resolve(), useBare)));
      }
      return [...firstFigures(app, peer, candidate), ...paintFigures(used, bareUsed)];
    } finally {
      await browser.close();
      await bare.close();
      await stage.close();
    }
  },
};
