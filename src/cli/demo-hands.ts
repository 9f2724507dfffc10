/**
 * A person at the vendors' side: reads the sandbox's pages and sends their forms, nothing else.
 */
import { randomUUID } from 'node:crypto';
import type { StoredMail } from '#sandbox/mailbox.ts';
import type { Found } from './demo-api.ts';

export interface Hands {
  /** Address of a sandbox page. */
  at(path: string): string;
  /** The page's HTML; `path` may be a whole address. Throws unless it is there. */
  page(path: string): Promise<string>;
  /** Sends a form; answers with the page it leads to. */
  submit(path: string, fields: Form): Promise<{ url: string; html: string }>;
  /** Newest first. */
  mails(to: string): Promise<StoredMail[]>;
  /** Settings to connect a vendor, as its pages tell them. */
  settings(vendor: string): Promise<Record<string, string>>;
}

type Form = Record<string, string> | URLSearchParams;

export const createHands = (url: string): Hands => {
  const at = (path: string): string => new URL(path, url).href;
  const read = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(at(path), init);
    if (response.ok) return response;
    throw new Error(`The sandbox page ${path} answered ${String(response.status)}.`);
  };
  return {
    at,
    page: async (path) => (await read(path)).text(),
    async submit(path, fields) {
      const response = await read(path, { method: 'POST', body: new URLSearchParams(fields) });
      return { url: response.url, html: await response.text() };
    },
    mails: async (to) =>
      (await (await read(`/control/mails?to=${encodeURIComponent(to)}`)).json()) as StoredMail[],
    async settings(vendor) {
      const all: unknown = await (await read('/control/credentials')).json();
      return (all as Record<string, Record<string, string>>)[vendor] ?? {};
    },
  };
};

/** What a recruiter does in an ATS, whichever it is. */
export interface Desk {
  /** Makes an API key as an admin does, and copies it from the page. */
  makeKey(): Promise<string>;
  move(candidate: Found, stageId: string): Promise<void>;
  setEmail(candidate: Found, email: string): Promise<void>;
  addTag(candidate: Found, tag: string): Promise<void>;
  addApplicant(person: { name: string; email: string }, jobId: string): Promise<void>;
  /** HTML of the candidate's page: timeline, notes and all. */
  profile(candidate: Found): Promise<string>;
}

export const leverDesk = (hands: Hands): Desk => {
  const of = ({ remoteId }: Found): string => `/lever/candidates/${remoteId}`;
  const submit = async (path: string, fields: Form): Promise<void> => {
    await hands.submit(path, fields);
  };
  return {
    makeKey: () =>
      makeKey(hands, {
        page: '/lever/settings/credentials',
        form: '/lever/settings/credentials',
        field: 'permissions',
        id: 'new-key',
      }),
    move: (candidate, stage) => submit(`${of(candidate)}/stage`, { stage }),
    setEmail: (candidate, email) => submit(`${of(candidate)}/email`, { email }),
    addTag: (candidate, tag) => submit(`${of(candidate)}/tags`, { tag }),
    addApplicant: (person, posting) =>
      submit('/lever/candidates', { ...person, posting, stage: 'applicant-new' }),
    profile: (candidate) => hands.page(of(candidate)),
  };
};

export const ashbyDesk = (hands: Hands): Desk => {
  /** A candidacy is an application here; the pages are the person's. */
  const of = ({ url }: Found): string => {
    const [, person = ''] = /\/candidates\/([^/]+)/.exec(url) ?? [];
    return `/ashby/candidates/${person}`;
  };
  const submit = async (path: string, fields: Form): Promise<void> => {
    await hands.submit(path, fields);
  };
  return {
    makeKey: () =>
      makeKey(hands, {
        page: '/ashby/admin/integrations/loopwright',
        form: '/ashby/admin/api/keys',
        field: 'scope',
        id: 'api-key',
      }),
    move: (candidate, stage) =>
      submit(`${of(candidate)}/stage`, { stage, application: candidate.remoteId }),
    setEmail: (candidate, email) => submit(`${of(candidate)}/email`, { email }),
    addTag: (candidate, title) => submit(`${of(candidate)}/tags`, { title }),
    addApplicant: (person, job) => submit('/ashby/candidates', { ...person, job }),
    profile: (candidate) => hands.page(of(candidate)),
  };
};

/** Fills in the form with every permission but the confidential ones, and copies what it shows. */
const makeKey = async (
  hands: Hands,
  where: { page: string; form: string; field: string; id: string },
): Promise<string> => {
  const boxes = (await hands.page(where.page)).matchAll(
    new RegExp(`name="${where.field}"\\s+value="([^"]+)"`, 'g'),
  );
  const fields = new URLSearchParams({ name: 'Loopwright demo', title: 'Loopwright demo' });
  for (const [, value = ''] of boxes)
    if (!value.startsWith('confidential')) fields.append(where.field, value);
  const { html } = await hands.submit(where.form, fields);
  return firstIn(html, new RegExp(`id="${where.id}">([^<]+)<`), 'a key');
};

/** Copies a key from a page that always shows it. */
export const copyKey = async (hands: Hands, page: string): Promise<string> =>
  firstIn(await hands.page(page), /<input readonly[^>]* value="([^"]+)"/, 'a key');

/** The first group of the first match. Throws, naming what is missing. */
export const firstIn = (text: string, pattern: RegExp, what: string): string => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`The page does not show ${what}.`);
  return found;
};

/** What a person reads of a page: its text, without tags, in one line. */
export const textOf = (html: string): string =>
  html
    .replace(/<style>[^]*?<\/style>|<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

export const countIn = (text: string, piece: string): number => text.split(piece).length - 1;

/** Somebody new, with an address of their own. */
export const newcomer = (): { name: string; email: string } => {
  const mark = randomUUID().slice(0, 8);
  return { name: 'Robin Newcomer', email: `robin.${mark}@candidates.example` };
};
