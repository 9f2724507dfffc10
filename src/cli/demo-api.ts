/** The hub's HTTP API as the demo uses it: what any other program could do with a key. */
import type { z } from 'zod';
import type { CandidateSchema } from '#api/present/candidate.ts';
import type { ConnectionSchema } from '#api/present/connection.ts';
import type { EffectSchema } from '#api/present/effect.ts';
import type { RuleInputSchema, RuleSchema } from '#api/present/rule.ts';

export type Candidate = z.infer<typeof CandidateSchema>;
export type Connection = z.infer<typeof ConnectionSchema>;
export type Effect = z.infer<typeof EffectSchema>;
export type Rule = z.infer<typeof RuleSchema>;
export type RuleInput = z.infer<typeof RuleInputSchema>;

/** One entry of `GET /connections/:id/choices/:kind`. */
export interface Choice {
  id: string;
  name: string;
  group?: { id: string; name: string } | null;
}

/** Somebody in a stage, as `POST /rules/preview` answers. */
export interface Found {
  remoteId: string;
  name: string;
  email: string | null;
  stageId: string;
  url: string;
}

export interface Interview {
  id: string;
  flag: string | null;
  events: Array<{ id: string; start: string }>;
  effects: Effect[];
}

export interface Person {
  id: string;
  name: string;
  email: string;
}

export interface Api {
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body?: object): Promise<T>;
  /** Every item of a paged list. */
  list<T>(path: string): Promise<T[]>;
}

/** Throws an Error with the problem's own words when the hub refuses. */
export const createApi = (url: string, key: string): Api => {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { detail } = answer as { detail?: string };
    throw new Error(`${method} ${path}: ${detail ?? `status ${String(response.status)}`}`);
  };
  return {
    get: async <T>(path: string) => (await call('GET', path)) as T,
    send: async <T>(method: string, path: string, body?: object) =>
      (await call(method, path, body)) as T,
    async list<T>(path: string) {
      const items: T[] = [];
      const joint = path.includes('?') ? '&' : '?';
      let cursor = '';
      for (;;) {
        const at = cursor === '' ? path : `${path}${joint}cursor=${encodeURIComponent(cursor)}`;
        const page = (await call('GET', at)) as { items: T[]; next: string | null };
        items.push(...page.items);
        if (page.next === null) return items;
        cursor = page.next;
      }
    },
  };
};
