/** Lever: an applicant tracking system. Its settings and its capability. */
import { z } from 'zod';
import { defineConnector, type Ats, type Link } from '#connectors/contract.ts';
import { hostUrl, secret } from '#connectors/settings.ts';
import {
  afterList,
  createClient,
  failure,
  readCursor,
  readPosition,
  startOf,
  writeCursor,
  writePosition,
  type LeverClient,
  type LeverSettings,
} from './client.ts';
import { createInterviews } from './interviews.ts';
import {
  carries,
  isActive,
  linksSchema,
  noteIdSchema,
  noteSchema,
  opportunitySchema,
  postingSchema,
  stageSchema,
  tagSchema,
  toCandidate,
  toJob,
  toStage,
  toTag,
  toText,
  toUser,
  userSchema,
  withReplaced,
} from './mapping.ts';
import { oauth } from './oauth.ts';
import { verify } from './verify.ts';
import { createWebhooks, webhookFormat } from './webhook.ts';

const settings = z.object({
  apiBase: hostUrl('API address', 'Where the Data API of your Lever account stands.').default(
    'https://api.lever.co/v1',
  ),
  authBase: hostUrl('Authorization address', 'Where Lever asks for consent (OAuth only).').default(
    'https://auth.lever.co',
  ),
  // Not a `hostUrl`: that would cut off the trailing slash, without which Lever's tokens are void.
  audience: z
    .url({ protocol: /^https?$/, error: 'Give a full address such as https://api.lever.co/v1/' })
    .default('https://api.lever.co/v1/')
    .meta({
      title: 'Audience',
      description: 'The API that consent is asked for, with its trailing slash (OAuth only).',
    }),
  webBase: hostUrl('Web address', 'Where people open Lever; candidates are linked there.').default(
    'https://hire.lever.co',
  ),
  apiKey: secret(
    'API key',
    'From Lever: Settings > Integrations and API > API Credentials. Leave empty to connect with a Lever account instead.',
  ).optional(),
  performAs: z.string().trim().min(1, 'Choose the Lever user in whose name the hub writes.').meta({
    title: 'Acts as',
    description: 'The Lever user in whose name notes are written and interviews scheduled.',
    choices: 'users',
  }),
});

const connector = defineConnector({
  id: 'lever',
  name: 'Lever',
  docsUrl: 'https://hire.lever.co/developer/documentation',
  role: 'ats',
  hosts: [
    {
      id: 'production',
      name: 'Lever',
      settings: {
        apiBase: 'https://api.lever.co/v1',
        authBase: 'https://auth.lever.co',
        audience: 'https://api.lever.co/v1/',
        webBase: 'https://hire.lever.co',
      },
    },
    {
      id: 'sandbox',
      name: 'Lever sandbox',
      settings: {
        apiBase: 'https://api.sandbox.lever.co/v1',
        authBase: 'https://sandbox-lever.auth0.com',
        audience: 'https://api.sandbox.lever.co/v1/',
        webBase: 'https://hire.sandbox.lever.co',
      },
    },
    {
      // Consent goes over the common address [doc]; the API and web addresses are [inferred].
      id: 'eu',
      name: 'Lever EU',
      settings: {
        apiBase: 'https://api.eu.lever.co/v1',
        authBase: 'https://auth.lever.co',
        audience: 'https://api.lever.co/v1/',
        webBase: 'https://hire.eu.lever.co',
      },
    },
  ],
  settings,
  // Lever allows bursts of 20 [doc]; calls held up on their way arrive in bunches, so some are kept back.
  rateLimit: { perSecond: 10, burst: 15 },
  webhooks: webhookFormat,
  oauth,
  verify,

  connect(link) {
    const client = createClient(link);
    return { ats: createAts(client, link), webhooks: createWebhooks(client) };
  },
});
export default connector;

// ---------------------------------------------------------------------------------------------
// The capability

/** Repeated reads cost less than a missed change: clocks differ, and lists lag behind writes. */
const overlap = 10 * 60_000;

const createAts = (client: LeverClient, link: Link<LeverSettings>): Ats => {
  const { performAs, webBase } = link.settings;
  const pathOf = (remoteId: string): string => `/opportunities/${encodeURIComponent(remoteId)}`;
  const expand = ['applications'];
  const perform = { perform_as: performAs };

  const opportunities = (query: Record<string, string | number | boolean>) =>
    client.all('GET /opportunities', '/opportunities', opportunitySchema, (one) => one.id, {
      ...query,
      expand,
    });

  const notesOf = (remoteId: string) =>
    client.all(
      'GET /opportunities/:id/notes',
      `${pathOf(remoteId)}/notes`,
      noteSchema,
      (note) => note.id,
    );

  return {
    async stages() {
      const stages = await client.all('GET /stages', '/stages', stageSchema, (stage) => stage.id);
      return stages.map(toStage);
    },

    async tags() {
      const tags = await client.all('GET /tags', '/tags', tagSchema, (tag) => tag.text);
      return tags.map(toTag);
    },

    async jobs() {
      const postings = await client.all(
        'GET /postings',
        '/postings',
        postingSchema,
        (posting) => posting.id,
        { expand: ['owner', 'hiringManager', 'followers'] },
      );
      return postings.map(toJob);
    },

    async users() {
      const users = await client.all('GET /users', '/users', userSchema, (user) => user.id);
      return users.filter(isActive).map(toUser);
    },

    /** A confidential candidacy is a 403 to a key without that access: not visible, so null. */
    async candidate(remoteId) {
      const found = await client.find(
        'GET /opportunities/:id',
        pathOf(remoteId),
        opportunitySchema,
        { expand },
      );
      return found && toCandidate(found, webBase);
    },

    /** By address alone: Lever has no filter for names [doc], so a name finds nobody. */
    async search({ email }) {
      if (!email) return [];
      const page = await client.page(
        'GET /opportunities',
        '/opportunities',
        opportunitySchema,
        { email, expand },
        null,
      );
      return (page?.items ?? []).map((one) => toCandidate(one, webBase));
    },

    async inStage(stageId, cursor) {
      const query = { stage_id: stageId, archived: false, expand };
      const operation = 'GET /opportunities';
      const { offset, restarted } = readPosition(cursor);
      const page = await client.page(operation, '/opportunities', opportunitySchema, query, offset);
      if (page) {
        return {
          items: page.items.map((one) => toCandidate(one, webBase)),
          next: page.next === null ? null : writePosition({ offset: page.next, restarted }),
        };
      }
      if (!restarted) return { items: [], next: writePosition({ offset: null, restarted: true }) };
      throw failure(operation, {
        kind: 'rejected',
        status: 400,
        surelyNotDone: true,
        text: 'was rejected twice: Lever does not take its own page marks. The hub tries again by itself.',
      });
    },

    async ofPerson(personId) {
      const found = await opportunities({ contact_id: personId });
      return found.map((one) => one.id);
    },

    /** One page of one list per call; a round reads several lists, one after another. */
    async changes(cursor) {
      if (cursor === null) {
        return { remoteIds: [], cursor: writeCursor(startOf(link.now())), more: false };
      }
      const last = readCursor(cursor) ?? { ...startOf(0), list: 'all' as const };
      // The next round begins where this one did, not where it ended.
      const position = { ...last, begun: last.begun ?? link.now() };
      const since = position.since - overlap;
      const page = await client.page(
        'GET /opportunities',
        '/opportunities',
        opportunitySchema,
        position.list === 'all' ? {} : { [`${position.list}_at_start`]: Math.max(0, since) },
        position.offset,
      );
      if (page === null) {
        // Begun anew without the mark; a second refusal waits for the next sweep instead of spinning.
        const anew = { ...position, offset: null, restarted: true };
        return { remoteIds: [], cursor: writeCursor(anew), more: !position.restarted };
      }
      const remoteIds = [...new Set(page.items.map((one) => one.id))];
      if (page.next !== null) {
        const onward = { ...position, offset: page.next };
        return { remoteIds, cursor: writeCursor(onward), more: true };
      }
      return { remoteIds, ...afterList(position) };
    },

    // Whether a later tag moves `updatedAt` is not documented.
    changesTellOfTags: false,

    async addNote(remoteId, note, ref) {
      return client.send(
        'POST /opportunities/:id/notes',
        `${pathOf(remoteId)}/notes`,
        { value: toText(note, ref) },
        noteIdSchema,
        perform,
      );
    },

    async findNote(remoteId, ref) {
      const found = (await notesOf(remoteId)).find((note) => carries(note, ref));
      return found ? { id: found.id } : null;
    },

    async updateNote(remoteId, noteId, note, ref) {
      const path = `${pathOf(remoteId)}/notes/${encodeURIComponent(noteId)}`;
      const present = await client.get('GET /opportunities/:id/notes/:note', path, noteSchema);
      const operation = 'PUT /opportunities/:id/notes/:note';
      if (present.deletedAt) {
        throw failure(operation, {
          kind: 'not_found',
          surelyNotDone: true,
          text: 'was not sent: the note was deleted in Lever. Nothing is to be done.',
        });
      }
      const values = withReplaced(present, ref, toText(note, ref));
      await client.send(operation, path, { values }, noteIdSchema, perform);
    },

    /** Links stand on the person, so all of their candidacies show it [live]. */
    async addLink(remoteId, url) {
      const path = pathOf(remoteId);
      const { links } = await client.get('GET /opportunities/:id', path, linksSchema);
      if (links?.includes(url)) return;
      const operation = 'POST /opportunities/:id/addLinks';
      await client.send(operation, `${path}/addLinks`, { links: [url] }, linksSchema, perform);
    },

    interviews: createInterviews(client, link.settings),
  };
};
