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

const firstFigures = (app: FirstPage[], bare: FirstPage[]): Figure[] => {
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
      return firstFigures(app, peer);
    } finally {
      await browser.close();
      await bare.close();
      await stage.close();
    }
  },
};
