/** Chromium as on a slow machine: the processor four times slower, nothing kept from before. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumFlags, needChromium } from '../../scripts/chromium.ts';

export const slowdown = 4;

export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: needChromium(), args: chromiumFlags });

/** A page that is slowed down before its first request. */
export const slowPage = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  return page;
};

/** In the page: when what the selector names stands there, and the page takes input again. */
const watch = (selector: string): string => `
  window.usable = new Promise((found) => {
    const look = () => {
      if (document.querySelector(${JSON.stringify(selector)}) === null) requestAnimationFrame(look);
      else setTimeout(() => found(performance.now()));
    };
    requestAnimationFrame(look);
  });`;

export interface FirstPage {
  /** Milliseconds from the start of the navigation. */
  usable: number;
  /** Bytes of script, as they came over the line. */
  script: number;
}

export const openFirst = async (page: Page, url: string, selector: string): Promise<FirstPage> => {
  await page.addInitScript(watch(selector));
  await page.goto(url);
  return page.evaluate<FirstPage>(`window.usable.then((at) => ({
    usable: at,
    script: performance.getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  }))`);
};

/** From now on every interaction is timed, from the input to the next paint, as browsers report it. */
export const watchInteractions = (page: Page): Promise<unknown> =>
  page.evaluate(`
    window.interactions = new Map();
    const called = (one) => (one?.getAttribute?.('aria-label') ?? one?.labels?.[0]?.textContent ?? one?.closest?.('button, [role=radio], [role=option]')?.textContent ?? one?.tagName ?? 'what is gone').slice(0, 30);
    new PerformanceObserver((list) => {
      for (const { interactionId, duration, name, target } of list.getEntries())
        if (interactionId > 0 && duration > (window.interactions.get(interactionId)?.ms ?? 0))
          window.interactions.set(interactionId, { ms: duration, what: name + ' at ' + called(target) });
    }).observe({ type: 'event', durationThreshold: 16 });
    0;`);

export interface Interaction {
  /** Those under 16 ms are not reported; browsers round to 8 ms. */
  ms: number;
  /** Event and target, for who looks for the slowest. */
  what: string;
}

/** Each so far. */
export const interactions = async (page: Page): Promise<Interaction[]> => {
  // Entries come after the paint that they tell of.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))',
  );
  return page.evaluate<Interaction[]>('[...window.interactions.values()]');
};
