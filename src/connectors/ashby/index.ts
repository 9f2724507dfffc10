/** Ashby as the hub sees it: its settings, and what is read from and written to it. */
import { z } from 'zod';
import { defineConnector, type Ats } from '#connectors/contract.ts';
import { hostUrl, secret } from '#connectors/settings.ts';
import type { Candidate } from '#core/model.ts';
import {
  AshbyError,
  createClient,
  saysGone,
  type AshbyClient,
  type AshbySettings,
  type ListPage,
} from './client.ts';
import { createInterviews } from './interviews.ts';
import {
  applicationSchema,
  candidateSchema,
  carries,
  type Names,
  namedSchema,
  namesOf,
  jobSchema,
  noteSchema,
  planSchema,
  readPlace,
  readSweep,
  stageSchema,
  tagSchema,
  toCandidate,
  toHtml,
  toJob,
  toStage,
  toTag,
  toUser,
  userSchema,
  type AshbyApplication,
  type AshbyCandidate,
  type Place,
  type Sweep,
} from './mapping.ts';
import { verify } from './verify.ts';
import { createWebhooks, webhookFormat } from './webhook.ts';

const settings = z.object({
  apiBase: hostUrl('API address', 'Where the API of Ashby stands.').default(
    'https://api.ashbyhq.com',
  ),
  webBase: hostUrl('Web address', 'Where people open Ashby.').default('https://app.ashbyhq.com'),
  apiKey: secret('API key', 'Made in Ashby under Admin > Integrations > API keys.'),
});

export default defineConnector({
  id: 'ashby',
  name: 'Ashby',
  docsUrl: 'https://developers.ashbyhq.com/reference',
  role: 'ats',
  hosts: [
    {
      id: 'ashby',
      name: 'Ashby',
      settings: { apiBase: 'https://api.ashbyhq.com', webBase: 'https://app.ashbyhq.com' },
    },
  ],
  settings,
  // Ashby names a number for its report endpoints only; bursts elsewhere end in 429 with
  // `Retry-After` [doc]. A modest pace of our own keeps sweeps from provoking it [inferred].
  rateLimit: { perSecond: 15, burst: 50 },
  webhooks: webhookFormat,
  verify,
  connect: (link) => {
    const client = createClient(link.http, link.settings);
    return { ats: createAts(client, link.settings), webhooks: createWebhooks(client) };
  },
});

// ---------------------------------------------------------------------------------------------
// The applicant tracking system

const archivedToo = { includeArchived: true };

/** How many candidacies one search reads at most. */
const mostFound = 100;

const createAts = (client: AshbyClient, { webBase }: AshbySettings): Ats => {
  const application = async (id: string): Promise<AshbyApplication> =>
    (await client.call('application.info', { applicationId: id }, applicationSchema)).results;

  const person = async (id: string): Promise<AshbyCandidate> =>
    (await client.call('candidate.info', { id }, candidateSchema)).results;

  /**
   * Two calls, one after the other: the application has stage and history but no tags, the person
   * has the tags, and only the application names the person.
   */
  const candidate = async (remoteId: string): Promise<Candidate | null> => {
    const found = await orGone(application(remoteId));
    const behind = found && (await orGone(person(found.candidate.id)));
    return found && behind ? toCandidate(found, behind, webBase) : null;
  };

  /** Names are worth having; a key that may not see them still reads its jobs. */
  const ifAllowed = async (names: Promise<Names>): Promise<Names> => {
    try {
      return await names;
    } catch (thrown) {
      if (thrown instanceof AshbyError && thrown.kind === 'forbidden') return new Map();
      throw thrown;
    }
  };

  return {
    candidate,
    interviews: createInterviews(client),

    /** One call, and one for each plan: there is no list of all stages. */
    async stages() {
      const plans = await client.all('interviewPlan.list', {}, planSchema);
      const stages = [];
      for (const plan of plans.filter((one) => one.isArchived !== true)) {
        const found = await orGone(
          client.call('interviewStage.list', { interviewPlanId: plan.id }, z.array(stageSchema)),
        );
        stages.push(...(found?.results ?? []).map((stage) => toStage(stage, plan)));
      }
      return stages;
    },

    async tags() {
      const tags = await client.all('candidateTag.list', {}, tagSchema);
      return tags.filter((tag) => tag.isArchived !== true).map(toTag);
    },

    /** Drafts are left out by Ashby unless asked for. */
    async jobs() {
      const jobs = await client.all('job.list', {}, jobSchema);
      const [departments, locations] = [
        await ifAllowed(client.all('department.list', archivedToo, namedSchema).then(namesOf)),
        // Its request takes no page by the letter of the contract, so there is one page of them.
        await ifAllowed(
          client
            .call('location.list', archivedToo, z.array(namedSchema))
            .then(({ results }) => namesOf(results)),
        ),
      ];
      return jobs.map((job) => toJob(job, departments, locations));
    },

    async users() {
      return (await client.all('user.list', { includeDeactivated: true }, userSchema)).map(toUser);
    },

    /**
     * One call for an address, one for a name (Ashby would AND them), then one for each
     * candidacy found: what a search answers holds the tags, but no stages.
     */
    async search({ email, name }) {
      const people = new Map<string, AshbyCandidate>();
      for (const query of [email && { email }, name && { name }]) {
        if (!query) continue;
        const { results } = await client.call('candidate.search', query, z.array(candidateSchema));
        for (const one of results) people.set(one.id, one);
      }
      const found: Candidate[] = [];
      for (const one of people.values()) {
        for (const id of one.applicationIds ?? []) {
          if (found.length >= mostFound) return found;
          const theirs = await orGone(application(id));
          if (theirs) found.push(toCandidate(theirs, one, webBase));
        }
      }
      return found;
    },

    /**
     * Expensive: Ashby filters applications by status and job, not by stage, so every one with a
     * stage's status is paged through (an account with 30,000 active ones: 300 calls), and each
     * match costs the two calls of a full read. A page may be empty and still have a next.
     */
    async inStage(stageId, cursor) {
      const place = readPlace(cursor);
      const status = place ? place.status : await statusOf(client, stageId);
      if (status === null) return { items: [], next: null };
      const page = await client.page('application.list', { status }, applicationSchema, {
        cursor: place?.page ?? null,
      });
      const items: Candidate[] = [];
      for (const { id, currentInterviewStage } of page.items) {
        if (currentInterviewStage?.id !== stageId) continue;
        const found = await candidate(id);
        // It may have moved on between the list and the read.
        if (found && !found.archived && found.stageId === stageId) items.push(found);
      }
      const next: Place | null = page.next === null ? null : { status, page: page.next };
      return { items, next: next && JSON.stringify(next) };
    },

    async ofPerson(personId) {
      return (await orGone(person(personId)))?.applicationIds ?? [];
    },

    changes: (cursor) => changes(client, cursor),

    // Tags and addresses are the person's own fields, and people are synced, too.
    changesTellOfTags: true,

    /** Two calls: notes belong to the person, whom only the application names. */
    async addNote(remoteId, note, ref) {
      const { results } = await client.call(
        'candidate.createNote',
        {
          candidateId: (await application(remoteId)).candidate.id,
          note: { type: 'text/html', value: toHtml(note, ref) },
        },
        z.object({ id: z.string() }),
      );
      return results;
    },

    /** One call, and one for each hundred notes of the person; Ashby has no search in notes. */
    async findNote(remoteId, ref) {
      const candidateId = (await application(remoteId)).candidate.id;
      const notes = await client.all('candidate.listNotes', { candidateId }, noteSchema);
      const found = notes.find((note) => carries(note, ref));
      return found ? { id: found.id } : null;
    },
  };
};

const orGone = async <T>(reading: Promise<T>): Promise<T | null> => {
  try {
    return await reading;
  } catch (thrown) {
    if (saysGone(thrown)) return null;
    throw thrown;
  }
};

/** The status of the applications that a stage holds; null where all of them are over with. */
const statusOf = async (client: AshbyClient, stageId: string): Promise<string | null> => {
  const info = { interviewStageId: stageId };
  const stage = await orGone(client.call('interviewStage.info', info, stageSchema));
  const type = stage?.results.type;
  if (!stage || type === 'Archived' || type === 'Hired') return null;
  return type === 'Lead' ? 'Lead' : 'Active';
};

// ---------------------------------------------------------------------------------------------
// What changed

/** Pages read in one call of `changes`; a quiet account needs two. */
const pagesPerCall = 10;

/** Ashby's ways to say that a token or a page can no longer be followed: start over [doc]. */
const startOver = new Set([
  'sync_token_expired',
  'sync_token_invalid',
  'incremental_sync_too_large',
  'next_cursor_expired',
  'invalid_next_cursor',
  'cursor_invalid',
]);

/**
 * Costs two calls when little happened. Beginning costs as many as the account has hundreds of
 * applications and of people, because a token is given on the last page only; so does a full scan
 * after a lost token. Both are cut into calls of at most `pagesPerCall` pages.
 */
const changes: (client: AshbyClient, cursor: string | null) => ReturnType<Ats['changes']> = async (
  client,
  cursor,
) => {
  let at = readSweep(cursor);
  const changed = new Set<string>();
  for (let pages = 0; pages < pagesPerCall; pages += 1) {
    const page = await changedPage(client, at);
    if (page === 'start_over') {
      at = { ...at, [at.reading]: null, page: null };
      continue;
    }
    if (!at.first) for (const id of page.items.flat()) changed.add(id);
    if (page.next !== null) {
      at = { ...at, page: page.next };
      continue;
    }
    const token = page.syncToken ?? at[at.reading];
    const done = at.reading === 'people';
    at = {
      ...at,
      [at.reading]: token,
      reading: done ? 'applications' : 'people',
      page: null,
      first: at.first && !done,
    };
    if (done) return { remoteIds: [...changed], cursor: JSON.stringify(at), more: false };
  }
  return { remoteIds: [...changed], cursor: JSON.stringify(at), more: true };
};

const changedPage = async (
  client: AshbyClient,
  at: Sweep,
): Promise<ListPage<string[]> | 'start_over'> => {
  const position = { cursor: at.page, syncToken: at[at.reading] };
  try {
    if (at.reading === 'applications') {
      const page = await client.page('application.list', {}, applicationSchema, position);
      return { ...page, items: page.items.map(({ id }) => [id]) };
    }
    const page = await client.page('candidate.list', {}, candidateSchema, position);
    return { ...page, items: page.items.map(({ applicationIds }) => applicationIds ?? []) };
  } catch (thrown) {
    const lost = thrown instanceof AshbyError && startOver.has(thrown.code ?? '');
    // Without token and place there is nothing to drop: then it is a refusal like any other.
    if (lost && (position.cursor !== null || position.syncToken !== null)) return 'start_over';
    throw thrown;
  }
};
