/**
 * The app in a real Chromium, on a real hub and the sandbox. A test fails on anything that the
 * browser complains about: errors in its console, what the policy of the page refused, a request to
 * somewhere else, and whatever axe finds on a page that is looked at.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Role } from '#core/roles.ts';
import { chromiumFlags } from '../../scripts/chromium.ts';
import { openBrowser } from '../browser.ts';
import { takePicture, type Shot } from './picture.ts';
import { startWorld, type World, type WorldOptions } from '../world.ts';

/** Milliseconds that a page may take to show something; two cores are shared by several browsers. */
const patience = 40_000;

export interface Person {
  email: string;
  password: string;
}

/** One browser window with cookies of its own. */
export interface Seat {
  page: Page;
  context: BrowserContext;
  /** Opens an address of the hub. */
  open(path: string): Promise<void>;
  /** As the form does it, without the form: `sessions.test.ts` fills that in. Then *Today* is open. */
  signIn(person: Person): Promise<void>;
  /** Axe finds nothing, in light at a desk's width and in dark at a phone's; nothing is wider than the window. */
  looksRight(): Promise<void>;
  /** Takes a picture for `docs/guides`, or checks that it is there; of the vendor's page if one is given. */
  picture(name: string, shot?: Shot & { page?: Page }): Promise<void>;
  /** Statuses of refusals that this window provokes; the browser logs them as errors. */
  expect(...statuses: number[]): void;
}

export interface App {
  world: World;
  seat(): Promise<Seat>;
  /** Makes an account of this role. */
  person(role: Role, email?: string): Promise<Person>;
  /** Fails with what the browser complained about so far. */
  quiet(): void;
  close(): Promise<void>;
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'); // prettier-ignore

export const openApp = async (options: WorldOptions = {}): Promise<App> => {
  const world = await startWorld(options);
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: chromiumFlags,
  });
  const complaints: string[] = [];

  const seat = async (): Promise<Seat> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const expected = new Set<number>();
    page.on('console', (message) => {
      // The vendors' pages are others' business.
      if (!page.url().startsWith(world.url)) return;
      const text = message.text();
      const [, status] = /^Failed to load resource: .* status of (\d+)/.exec(text) ?? [];
      if (status !== undefined && expected.has(Number(status))) return;
      if (['error', 'warning'].includes(message.type()))
        complaints.push(`${page.url()}: ${text} ${message.location().url}`);
    });
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      const ours = [world.url, world.sandbox.url].some((home) => url.origin === home);
      if (!ours) complaints.push(`${page.url()} asked ${request.url()}`);
    });
    const self: Seat = {
      page,
      context,
      async open(path) {
        await page.goto(world.url + path);
      },
      async signIn(person) {
        const origin = world.url;
        const answer = await context.request.post(`${origin}/api/v1/sign-in`, {
          data: person,
          headers: { origin, 'sec-fetch-site': 'same-origin' },
        });
        assert.equal(answer.status(), 200, await answer.text());
        await self.open('/');
        await page.getByRole('heading', { name: /^(Today|My interviews)$/ }).waitFor();
      },
      looksRight: () => looksRight(page),
      picture: (name, { page: other = page, ...shot } = {}) => takePicture(other, name, shot),
      expect(...statuses) {
        for (const status of statuses) expected.add(status);
      },
    };
    return self;
  };

  return {
    world,
    seat,
    async person(role, email = `${role}@example.com`) {
      const password = `seven quiet ${role.replaceAll('_', ' ')} geese`;
      const { link } = await world.api.post<{ link: string }>('/invitations', { email, role });
      const token = link.split('/').at(-1) ?? '';
      const name = `Robin ${role.replaceAll('_', ' ')}`;
      const body = { token, name, password };
      const joined = await openBrowser(world.url).call('POST', '/api/v1/invitations/accept', body);
      assert.equal(joined.status, 201, joined.text);
      return { email, password };
    },
    quiet() {
      assert.deepEqual(complaints.splice(0), []);
    },
    async close() {
      await browser.close();
      await world.close();
    },
  };
};

/** The words of buttons and badges that do not fit in. */
const cutLabels = `[...document.querySelectorAll('.mantine-Button-label, .mantine-Badge-label')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent)`;

/** Of axe's rules, those whose answer may be another in other colours or at another width. */
const ofLook = [
  'color-contrast',
  'link-in-text-block',
  'target-size',
  'scrollable-region-focusable',
];

const axeOptions = (rules: readonly string[] | null) => ({
  resultTypes: ['violations'],
  preload: false,
  ...(rules === null ? {} : { runOnly: rules }),
});

/** One screen may be making way for the next: then it is looked at again, once there is a heading. */
const violationsOn = async (page: Page, rules: readonly string[] | null) => {
  if (await page.evaluate<boolean>('window.axe === undefined')) await page.evaluate(axeSource);
  const look = `axe.run(${JSON.stringify(axeOptions(rules))})`;
  const { violations } = await page.evaluate<AxeResults>(look);
  if (!violations.some(({ id }) => id === 'page-has-heading-one')) return violations;
  await page.locator('h1').first().waitFor({ state: 'attached' });
  return (await page.evaluate<AxeResults>(look)).violations;
};

/** Colours do not depend on the width, nor the widths on the colours; without rules, the width alone is of interest. */
const looks = [
  { width: 1280, colorScheme: 'light', rules: null },
  { width: 360, colorScheme: 'dark', rules: ofLook },
  { width: 2560, colorScheme: 'dark', rules: [] },
] as const;

const looksRight = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const { width, colorScheme, rules } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.locator(`:root[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const at = `${page.url()} at ${String(width)}`;
    const violations = rules?.length === 0 ? [] : await violationsOn(page, rules);
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`)]),
      [],
      `${at} in ${colorScheme}`,
    );
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(wide <= width, `${at} is ${String(wide)} wide`);
    assert.deepEqual(await page.evaluate<string[]>(cutLabels), [], `${at} cuts words of buttons`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
}; // prettier-ignore
