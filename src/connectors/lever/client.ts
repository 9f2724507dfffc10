/**
 * Speaks to Lever's Data API: authorization, envelopes and offset paging. What the answers mean
 * stands in `mapping.ts`.
 */
import { z } from 'zod';
import {
  ConnectorError,
  type ConnectorErrorDetails,
  type HttpRequest,
  type HttpResponse,
  type Link,
} from '#connectors/contract.ts';
import { refreshTokens } from './oauth.ts';

export interface LeverSettings {
  apiBase: string;
  authBase: string;
  audience: string;
  webBase: string;
  /** Absent when the connection was made by OAuth. */
  apiKey?: string | undefined;
  /** Id of the Lever user in whose name notes are written. */
  performAs: string;
}

/** The largest page there is, and the default [doc]. */
const pageSize = 100;

/** Ends a list that goes round in circles; 100,000 objects are more than any account heard of. */
const mostPages = 1_000;

type Query = NonNullable<HttpRequest['query']>;

/** For messages and metrics, without ids; its first word is the method that is used. */
export type Operation = `${HttpRequest['method']} /${string}`;

export interface LeverPage<T> {
  items: T[];
  /** Null on the last page. */
  next: string | null;
}

export interface LeverClient {
  /** Reads one object. */
  get<T>(operation: Operation, path: string, schema: z.ZodType<T>, query?: Query): Promise<T>;
  /**
   * As `get`, with null where Lever itself says that there is none, or (unless `absent` leaves the
   * 403 out) none for this key.
   */
  find<T>(
    operation: Operation,
    path: string,
    schema: z.ZodType<T>,
    query?: Query,
    absent?: readonly number[],
  ): Promise<T | null>;
  /** One page; null when Lever no longer takes the offset, and the list must be begun anew. */
  page<T>(
    operation: Operation,
    path: string,
    schema: z.ZodType<T>,
    query: Query,
    offset: string | null,
  ): Promise<LeverPage<T> | null>;
  /** The whole list, each item once, in Lever's order. */
  all<T>(
    operation: Operation,
    path: string,
    schema: z.ZodType<T>,
    keyOf: (item: T) => string,
    query?: Query,
  ): Promise<T[]>;
  /** Writes, and reads the object that is answered. */
  send<T>(
    operation: Operation,
    path: string,
    json: unknown,
    schema: z.ZodType<T>,
    query?: Query,
  ): Promise<T>;
  remove(operation: Operation, path: string, query?: Query): Promise<'deleted' | 'gone'>;
}

export const createClient = (link: Link<LeverSettings>): LeverClient => {
  const authorized = createAuthorization(link);

  const call = (
    operation: Operation,
    path: string,
    parts: Pick<HttpRequest, 'query' | 'json' | 'accept'>,
  ): Promise<HttpResponse> =>
    authorized((authorization) =>
      link.http({
        operation,
        method: operation.slice(0, operation.indexOf(' ')) as HttpRequest['method'],
        url: `${link.settings.apiBase}${path}`,
        headers: { authorization },
        ...parts,
      }),
    );

  const client: LeverClient = {
    async get(operation, path, schema, query = {}) {
      const response = await call(operation, path, { query });
      return dataOf(operation, response, schema);
    },

    async find(operation, path, schema, query = {}, absent = [403, 404]) {
      const response = await call(operation, path, { query, accept: absent });
      if (response.status < 300) return dataOf(operation, response, schema);
      refuseForeign(operation, response);
      return null;
    },

    async page(operation, path, schema, query, offset) {
      const response = await call(operation, path, {
        // `next` comes already URL-encoded and is encoded once more here; Lever takes that [live].
        query: { limit: pageSize, ...query, ...(offset === null ? {} : { offset }) },
        ...(offset === null ? {} : { accept: [400] }),
      });
      if (response.status === 400) {
        // The only way to tell it from other refusals is its sentence [code].
        if (/invalid offset/i.test(response.text)) return null;
        throw failure(operation, {
          kind: 'rejected',
          status: 400,
          surelyNotDone: true,
          text: 'was rejected (400). Check what was asked for at the vendor.',
        });
      }
      return pageOf(operation, response, schema);
    },

    async all(operation, path, schema, keyOf, query = {}) {
      const items = new Map<string, z.output<typeof schema>>();
      let offset: string | null = null;
      let restarted = false;
      for (let pages = 0; pages < mostPages; pages += 1) {
        const page: LeverPage<z.output<typeof schema>> | null = await client.page(
          operation,
          path,
          schema,
          query,
          offset,
        );
        if (page === null) {
          if (restarted) break;
          restarted = true;
          offset = null;
          continue;
        }
        // A list that changes while it is read repeats items [doc].
        for (const item of page.items) items.set(keyOf(item), item);
        if (page.next === null) return [...items.values()];
        if (page.next === offset) break;
        offset = page.next;
      }
      throw failure(operation, {
        kind: 'unexpected_shape',
        surelyNotDone: true,
        text: 'answered with a list that never ends. Try again later, then report this.',
      });
    },

    async send(operation, path, json, schema, query = {}) {
      const response = await call(operation, path, { query, json });
      return dataOf(operation, response, schema);
    },

    async remove(operation, path, query = {}) {
      const response = await call(operation, path, { query, accept: [404] });
      // Empty [live]; anything else has to be Lever's own word.
      if (response.status === 204) return 'deleted';
      refuseForeign(operation, response);
      return response.status === 404 ? 'gone' : 'deleted';
    },
  };
  return client;
};

/**
 * Sends with the connection's credentials. A pasted key goes as Basic user name; OAuth tokens go as
 * Bearer and are renewed once, when their hour is over or when Lever answers 401.
 */
const createAuthorization = (
  link: Link<LeverSettings>,
): ((send: (authorization: string) => Promise<HttpResponse>) => Promise<HttpResponse>) => {
  const { apiKey } = link.settings;
  if (apiKey !== undefined) {
    const basic = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
    return (send) => send(basic);
  }
  const { tokens } = link;
  if (!tokens) {
    return async () => {
      throw failure('authorization', {
        kind: 'unauthorized',
        surelyNotDone: true,
        text: 'has no credentials. Paste an API key, or connect with a Lever account.',
      });
    };
  }
  const renew = (stale: Awaited<ReturnType<typeof tokens.read>>) =>
    tokens.refresh(stale, (current) =>
      refreshTokens({
        settings: link.settings,
        client: tokens.client,
        refreshToken: current.refreshToken,
        http: link.http,
        now: link.now(),
      }),
    );
  return async (send) => {
    const stored = await tokens.read();
    const used = stored.expiresAt > link.now() ? stored : await renew(stored);
    try {
      return await send(`Bearer ${used.accessToken}`);
    } catch (thrown) {
      const refused = thrown instanceof ConnectorError && thrown.kind === 'unauthorized';
      if (!refused || used !== stored) throw thrown;
      const renewed = await renew(stored);
      return send(`Bearer ${renewed.accessToken}`);
    }
  };
};

export const failure = (
  operation: string,
  details: Omit<ConnectorErrorDetails, 'connector' | 'operation' | 'message'> & { text: string },
): ConnectorError => {
  const { text, ...rest } = details;
  return new ConnectorError({
    connector: 'lever',
    operation,
    message: `lever: ${operation} ${text}`,
    ...rest,
  });
};

/** A page of a proxy, or another host: behind it everything would look deleted. */
const refuseForeign = (operation: string, response: HttpResponse): void => {
  if (isApiError(response)) return;
  throw failure(operation, {
    kind: 'unexpected_shape',
    status: response.status,
    surelyNotDone: response.status >= 400,
    text: `was answered (${response.status}) by something that is not Lever's API. Check the host and any proxy.`,
  });
};

const isApiError = (response: HttpResponse): boolean => {
  try {
    const body: unknown = JSON.parse(response.text);
    return typeof body === 'object' && body !== null;
  } catch {
    return false;
  }
};

const dataOf = <T>(operation: string, response: HttpResponse, schema: z.ZodType<T>): T => {
  const parsed = z.object({ data: schema }).safeParse(response.json());
  if (parsed.success) return parsed.data.data;
  throw unknownShape(operation, parsed.error);
};

/** Short lists (`/webhooks`) come without `hasNext`; the last page comes without `next` [live]. */
const pageOf = <T>(
  operation: string,
  response: HttpResponse,
  schema: z.ZodType<T>,
): LeverPage<T> => {
  const parsed = z
    .object({
      data: z.array(schema),
      hasNext: z.boolean().nullish(),
      next: z.string().nullish(),
    })
    .safeParse(response.json());
  if (!parsed.success) throw unknownShape(operation, parsed.error);
  const { data, hasNext, next } = parsed.data;
  return { items: data, next: hasNext === false ? null : (next ?? null) };
};

const unknownShape = (operation: string, error: z.ZodError): ConnectorError =>
  failure(operation, {
    kind: 'unexpected_shape',
    surelyNotDone: false,
    text: `answered in an unknown shape (at ${error.issues[0]?.path.join('.') ?? 'the top'}). Check the host in the settings, then report this.`,
  });

// ---------------------------------------------------------------------------------------------
// Cursors: where a list was left off

/**
 * The time filters that together tell of a change. `updated` alone is not enough: `updatedAt` is
 * null on records that nobody edited since they came [live].
 */
const lists = ['advanced', 'created', 'updated', 'archived'] as const;

const positionSchema = z.object({ offset: z.string().nullable(), restarted: z.boolean() });

const cursorSchema = positionSchema.extend({
  /** Which list is being read; `all` is the full scan after a cursor that nobody can read. */
  list: z.enum([...lists, 'all']),
  since: z.number(),
  /** When this round began, which is where the next one begins. */
  begun: z.number().nullable(),
});
type Cursor = z.output<typeof cursorSchema>;

/** A round of changes since this moment. */
export const startOf = (since: number): Cursor => ({
  list: lists[0],
  since,
  begun: null,
  offset: null,
  restarted: false,
});

/** Where to go on once a list is read to its end: the next list, then the next round. */
export const afterList = (
  position: Cursor & { begun: number },
): { cursor: string; more: boolean } => {
  const list = position.list === 'all' ? undefined : lists[lists.indexOf(position.list) + 1];
  return list
    ? { cursor: writeCursor({ ...position, list, offset: null, restarted: false }), more: true }
    : { cursor: writeCursor(startOf(position.begun)), more: false };
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = <T>(schema: z.ZodType<T>, text: string): T | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

export const writeCursor = (cursor: Cursor): string => encode(cursor);
export const readCursor = (text: string): Cursor | null => decode(cursorSchema, text);

type Position = z.output<typeof positionSchema>;
export const writePosition = (position: Position): string => encode(position);
export const readPosition = (cursor: string | null): Position =>
  (cursor === null ? null : decode(positionSchema, cursor)) ?? { offset: null, restarted: false };
