/** From a plan to what everybody got, and changes of it afterwards, by the hands of one seat. */
import type { Locator } from 'playwright-core';
import { panelOf, type Mail } from '../panel.ts';
import type { App, Seat } from './app.ts';

/** What everybody got for an interview, oldest first, once all that it owes has happened. */
export const mailsOf = async ({ world }: App, id: string): Promise<Mail[]> => {
  await panelOf(world).settled(id);
  return panelOf(world).mails(id);
};

export const sendingOf = ({ page, open }: Seat) => {
  const press = (name: string | RegExp): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();

  return {
    /** Opens a plan and goes on to what everybody would get. */
    async review(path: string): Promise<void> {
      await open(path);
      await press('Review');
      await page.getByRole('heading', { name: 'Review and send' }).waitFor();
      await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    },

    /** Writes a line at the end of a text, for this interview alone, up to the menu behind `$`. */
    async begin(whose: 'the candidate’s invite' | 'the interviewers’ invite', line: string) {
      await page
        .getByRole('button', { name: `Change ${whose}` })
        .first()
        .click();
      const body = page.locator('[contenteditable=true][aria-multiline=true]');
      await body.press('Control+End');
      await page.keyboard.press('Enter');
      await page.keyboard.type(line);
    },

    offer: (variable: string): Locator => page.getByRole('option', { name: variable }),

    /** What stands for a variable, highlighted. */
    mark: (variable: string): Locator => page.locator(`mark[title="${variable}"]`),

    /** Sends what is under review, and goes to the interview. */
    async send(): Promise<string> {
      await press('Send');
      await page.getByText('It is on its way to everybody').waitFor();
      await page.getByRole('link', { name: 'See, move or cancel it' }).click();
      await page.waitForURL('**/interviews/*');
      return new URL(page.url()).pathname.split('/').at(-1) ?? '';
    },

    event: (name: string): Locator => page.getByRole('article', { name }),

    async change(entry: string): Promise<void> {
      await press('Change');
      await page.getByRole('menuitem', { name: entry, exact: true }).click();
    },

    async confirm(act: string): Promise<void> {
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: act, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    },
  };
};

export type Sending = ReturnType<typeof sendingOf>;
