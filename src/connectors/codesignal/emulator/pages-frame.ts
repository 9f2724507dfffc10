/** What every page of the emulated CodeSignal shares. */
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import type { Interviews } from './interviews.ts';
import type { Sessions } from './sessions.ts';
import type { State } from './state.ts';
import type { Webhooks } from './webhooks.ts';

export interface PagesSetup {
  options: EmulatorOptions;
  state: State;
  webhooks: Webhooks;
  interviews: Interviews;
  sessions: Sessions;
}

export interface Frame {
  app: Hono;
  /** Path of the pages, such as `/codesignal`. */
  base: string;
  show(c: Context, title: string, body: Html): Response | Promise<Response>;
  /** 303 to a page with a sentence on top; `query` stands in the address as well. */
  back(c: Context, path: string, notice: string, query?: Record<string, string>): Response;
  missing(c: Context): Response | Promise<Response>;
}

const tabs = [
  ['', 'Interviews'],
  ['/templates', 'Templates'],
  ['/tests', 'Tests'],
  ['/integrations/api-keys', 'API Keys'],
  ['/integrations/webhooks', 'Webhooks'],
] as const;

export const createFrame = (app: Hono, options: EmulatorOptions): Frame => {
  const base = new URL(options.origin).pathname.replace(/\/$/, '');
  const show: Frame['show'] = (c, title, body) =>
    c.html(
      renderPage({ vendor: 'CodeSignal', title, base, tabs, body, notice: c.req.query('notice') }),
    );
  return {
    app,
    base,
    show,
    back: (c, path, notice, query = {}) =>
      c.redirect(`${base}${path}?${new URLSearchParams({ ...query, notice }).toString()}`, 303),
    missing(c) {
      c.status(404);
      return show(c, 'Not found', html`<p>There is nothing here. It may have been deleted.</p>`);
    },
  };
};

/** The fields of a form; a name that is there several times (checkboxes) is joined by blanks. */
export const formOf = async (c: Context): Promise<Record<string, string | undefined>> => {
  const fields = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      [value]
        .flat()
        .filter((one) => typeof one === 'string')
        .join(' '),
    ]),
  );
};

export const utc = (instant: number | null): string =>
  instant === null ? '–' : new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
