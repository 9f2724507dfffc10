/** What a person does on a page, in the words of the page. */
import type { Locator, Page } from 'playwright-core';
import { until } from '../world.ts';
import type { App, Seat } from './app.ts';

export interface Hands {
  page: Page;
  field(label: string): Locator;
  fill(label: string, text: string): Promise<void>;
  button(name: string): Locator;
  press(name: string): Promise<void>;
  /** Waits until the page has this heading. */
  heading(name: string): Promise<void>;
  /** Opens the form of a vendor from *Settings → Company*, and lets it reach the sandbox. */
  openForm(section: string, vendor: string, id: string): Promise<void>;
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const handsOf = (app: App, { page }: Seat): Hands => {
  const hands: Hands = {
    page,
    // A star marks what has to be filled in.
    field: (label) => page.getByLabel(new RegExp(`^${literal(label)}( \\*)?$`)),
    fill: (label, text) => hands.field(label).fill(text),
    button: (name) => page.getByRole('button', { name, exact: true }),
    press: (name) => hands.button(name).click(),
    heading: (name) => page.getByRole('heading', { name, exact: true }).first().waitFor(),
    async openForm(section, vendor, id) {
      const { apiBase = '', webBase = '' } = app.world.emulator(id).credentials();
      await page.getByRole('link', { name: 'Company', exact: true }).first().click();
      await hands.heading(section);
      await page.getByRole('link', { name: `Connect ${vendor}` }).click();
      await hands.heading(`Connect ${vendor}`);
      await hands.press('Addresses and more');
      if (apiBase !== '') await hands.fill('API address', apiBase);
      if (webBase !== '') await hands.fill('Web address', webBase);
    },
  };
  return hands;
};

/** Of each list and menu that is open: whether its corners are seen. */
const corners = `[...document.querySelectorAll('[role=listbox], [role=menu]')]
  .filter((one) => one.checkVisibility())
  .map((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const seen = (x, y) => one.contains(document.elementFromPoint(x, y));
    return seen(left + 8, top + 8) && seen(right - 8, bottom - 8);
  })`;

/** One list or menu is open, nothing lies over it, and nothing cuts it off. */
export const inFull = (page: Page): Promise<boolean> =>
  until('what is open is seen in full', async () => {
    const seen = await page.evaluate<boolean[]>(corners);
    return seen.length > 0 && seen.every(Boolean);
  });
