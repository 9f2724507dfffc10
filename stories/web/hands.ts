/** What a person does on a page, in the words of the page. */
import type { Locator, Page } from 'playwright-core';
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
