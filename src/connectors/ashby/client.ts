/**
 * Speaks to Ashby's API: every operation is a POST with a JSON body, even reads, and most refusals
 * are a 200 with `success: false`. This file turns all of that into results or `ConnectorError`s.
 */
import { z } from 'zod';
import { ConnectorError, type ConnectorErrorKind, type Http } from '#connectors/contract.ts';

/** The dated API version that this client was written against [doc]. */
export const apiVersion = '2026-01-01';

/** The largest page that Ashby gives; more is refused or capped [doc]. */
const pageSize = 100;

/** Ends a list that goes round in circles: ten times the largest account heard of [code]. */
const mostPages = 10_000;

/** An Ashby refusal; `code` is the vendor's own word for it, null where it gave none. */
export class AshbyError extends ConnectorError {
  readonly code: string | null;

  constructor(
    code: string | null,
    operation: string,
    details: {
      kind: ConnectorErrorKind;
      text: string;
      status?: number;
      retryAfter?: number;
      surelyNotDone: boolean;
    },
  ) {
    const { text, ...rest } = details;
    super({ connector: 'ashby', operation, message: `ashby: ${operation} ${text}`, ...rest });
    this.name = 'AshbyError';
    this.code = code;
  }
}

const goneCode =
  /^(application|candidate|interview_plan|interview_schedule|interview_stage|webhook)_not_found$/;

/**
 * Whether Ashby itself said that the object is gone. A bare 404 does not count: behind a wrong
 * host everything would look deleted.
 */
export const saysGone = (thrown: unknown): boolean =>
  thrown instanceof AshbyError && thrown.kind === 'not_found' && goneCode.test(thrown.code ?? '');

const envelopeSchema = z.object({
  success: z.boolean().nullish(),
  results: z.unknown().optional(),
  errors: z.array(z.unknown()).nullish().catch(null),
  errorInfo: z
    .object({
      code: z.string().nullish(),
      message: z.string().nullish(),
      requestId: z.string().nullish(),
    })
    .nullish()
    .catch(null),
  moreDataAvailable: z.boolean().nullish(),
  nextCursor: z.string().nullish(),
  syncToken: z.string().nullish(),
  warnings: z.array(z.string()).nullish().catch(null),
});
type Envelope = z.output<typeof envelopeSchema>;

export interface Answer<T> {
  results: T;
  /** Parts of the request that Ashby did not carry out, by its own codes. */
  warnings: string[];
  /** The `Ashby-Version-Status` header; null when absent. */
  versionStatus: string | null;
}

export interface ListPage<T> {
  items: T[];
  /** Null on the last page. */
  next: string | null;
  /** On the last page of lists that can be synced; else null. */
  syncToken: string | null;
}

/** What a page is asked for with; a null is left out. */
export interface Position {
  cursor?: string | null;
  syncToken?: string | null;
}

/** The output of the settings schema. */
export interface AshbySettings {
  apiBase: string;
  webBase: string;
  apiKey: string;
}

export interface AshbyClient {
  /** One call, its results parsed by `schema`. `timeout` in milliseconds. */
  call<T>(
    endpoint: string,
    body: Record<string, unknown>,
    schema: z.ZodType<T>,
    timeout?: number,
  ): Promise<Answer<T>>;
  /** One page of a list. */
  page<T>(
    endpoint: string,
    body: Record<string, unknown>,
    schema: z.ZodType<T>,
    position: Position,
  ): Promise<ListPage<T>>;
  /** A whole list, page after page. */
  all<T>(endpoint: string, body: Record<string, unknown>, schema: z.ZodType<T>): Promise<T[]>;
}

export const createClient = (
  http: Http,
  settings: Pick<AshbySettings, 'apiBase' | 'apiKey'>,
): AshbyClient => {
  const authorization = `Basic ${Buffer.from(`${settings.apiKey}:`).toString('base64')}`;

  const post = async (
    endpoint: string,
    body: Record<string, unknown>,
    timeout?: number,
  ): Promise<{ envelope: Envelope; headers: Headers }> => {
    const operation = `POST /${endpoint}`;
    const response = await http({
      operation,
      method: 'POST',
      url: `${settings.apiBase}/${endpoint}`,
      headers: {
        authorization,
        accept: 'application/json; version=1',
        'ashby-version': apiVersion,
      },
      json: body,
      readOnly: /\.(info|search|list\w*)$/.test(endpoint),
      // Refusals that carry their reason in the body. Those of 404 and 4xx are [code] only.
      accept: [400, 401, 403, 404, 409, 410, 422],
      ...(timeout === undefined ? {} : { timeout }),
    });
    if (response.status >= 400) {
      throw httpRefusal(operation, response.status, response.text, response.headers);
    }
    const parsed = envelopeSchema.safeParse(response.json());
    if (!parsed.success || typeof parsed.data.success !== 'boolean') {
      throw unexpected(operation, 'without saying whether it succeeded');
    }
    if (!parsed.data.success) throw logicalRefusal(operation, parsed.data, response.headers);
    return { envelope: parsed.data, headers: response.headers };
  };

  const client: AshbyClient = {
    async call(endpoint, body, schema, timeout) {
      const { envelope, headers } = await post(endpoint, body, timeout);
      return {
        results: shaped(endpoint, schema, envelope.results),
        warnings: envelope.warnings ?? [],
        versionStatus: headers.get('ashby-version-status'),
      };
    },

    async page(endpoint, body, schema, { cursor, syncToken }) {
      const { envelope } = await post(endpoint, {
        ...body,
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
        ...(syncToken ? { syncToken } : {}),
      });
      const more = envelope.moreDataAvailable === true;
      if (more && !envelope.nextCursor) {
        throw unexpected(`POST /${endpoint}`, 'promising more data without saying where');
      }
      return {
        items: shaped(endpoint, z.array(schema), envelope.results),
        next: more ? (envelope.nextCursor ?? null) : null,
        syncToken: more ? null : (envelope.syncToken ?? null),
      };
    },

    async all(endpoint, body, schema) {
      const items = [];
      let cursor: string | null = null;
      for (let pages = 0; pages < mostPages; pages += 1) {
        const page: ListPage<z.output<typeof schema>> = await client.page(endpoint, body, schema, {
          cursor,
        });
        items.push(...page.items);
        if (page.next === null) return items;
        if (page.next === cursor) break;
        cursor = page.next;
      }
      throw unexpected(`POST /${endpoint}`, 'with a list that never ends');
    },
  };
  return client;
};

const shaped = <T>(endpoint: string, schema: z.ZodType<T>, results: unknown): T => {
  const parsed = schema.safeParse(results);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join('.') ?? '';
  throw unexpected(`POST /${endpoint}`, `in an unknown shape (at results.${path})`);
};

const unexpected = (operation: string, how: string): AshbyError =>
  new AshbyError(null, operation, {
    kind: 'unexpected_shape',
    surelyNotDone: false,
    text: `answered ${how}. Check the host in the settings, then report this.`,
  });

/** What a refusal says of itself, whichever of the three forms it came in [code]. */
interface Reason {
  code: string | null;
  /** A permission is missing: the code for it, or a sentence in the object-array form. */
  permission: boolean;
  requestId: string | null;
}

const reasonOf = (envelope: Envelope, status: number): Reason => {
  const words = (envelope.errors ?? []).filter((entry) => typeof entry === 'string');
  const sentences = (envelope.errors ?? []).flatMap((entry) => {
    const parsed = z.object({ message: z.string() }).safeParse(entry);
    return parsed.success ? [parsed.data.message] : [];
  });
  const said = [envelope.errorInfo?.code, ...words, envelope.errorInfo?.message, ...sentences];
  const all = said.filter((text) => typeof text === 'string');
  // Only a code is repeated to people: sentences may hold what was sent, a candidate's data say.
  const code = all.find((text) => /^[a-z][a-z0-9_]{1,79}$/i.test(text)) ?? null;
  const requestId = envelope.errorInfo?.requestId ?? null;
  return {
    // The code of this one is not known, its sentence is [code].
    code: all.some((text) => /duplicate[ _]webhook/i.test(text)) ? duplicateWebhook : code,
    permission:
      code === 'missing_endpoint_permission' ||
      (sentences.length > 0 &&
        (status === 403 || sentences.some((text) => /permission/i.test(text)))),
    requestId: requestId !== null && /^[\w:-]{1,64}$/.test(requestId) ? requestId : null,
  };
};

export const duplicateWebhook = 'duplicate_webhook';

/** A status of 400 and above that the http layer handed through. The body may be plain text. */
const httpRefusal = (
  operation: string,
  status: number,
  text: string,
  headers: Headers,
): AshbyError => {
  const envelope = readEnvelope(text);
  if (status === 401) return unauthorized(operation, status);
  if (status === 403) {
    if (envelope && reasonOf(envelope, status).permission) return forbidden(operation, status);
    // A firewall in front of the API refuses with a page of its own [code]; the key may be good.
    if (/^\s*</.test(text)) {
      return new AshbyError(null, operation, {
        kind: 'unexpected_shape',
        status,
        surelyNotDone: true,
        text: 'was refused (403) by a web page, not by the API. Check the host and any proxy.',
      });
    }
    return unauthorized(operation, status);
  }
  if (envelope) return logicalRefusal(operation, envelope, headers, status);
  if (status === 404 || status === 410) {
    return new AshbyError(null, operation, {
      kind: 'not_found',
      status,
      surelyNotDone: true,
      text: `found nothing there (${String(status)}). Check the host in the settings.`,
    });
  }
  return new AshbyError(null, operation, {
    kind: 'rejected',
    status,
    surelyNotDone: true,
    text: `was rejected (${String(status)}). Check what was asked for in Ashby.`,
  });
};

/** The refusal in a body; null when it is none of Ashby's. */
const readEnvelope = (text: string): Envelope | null => {
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.success === false ? parsed.data : null;
  } catch {
    return null;
  }
};

const unauthorized = (operation: string, status: number): AshbyError =>
  new AshbyError(null, operation, {
    kind: 'unauthorized',
    status,
    surelyNotDone: true,
    text: `was refused (${String(status)}): the API key is wrong or deactivated. Make a new one in Ashby under Admin > Integrations > API keys and paste it.`,
  });

const forbidden = (operation: string, status: number | undefined): AshbyError =>
  new AshbyError('missing_endpoint_permission', operation, {
    kind: 'forbidden',
    ...(status === undefined ? {} : { status }),
    surelyNotDone: true,
    text: 'was refused: the API key lacks the permission for it. Tick it in Ashby under Admin > Integrations > API keys.',
  });

/** `success: false`: what elsewhere would be a 4xx [doc]. */
const logicalRefusal = (
  operation: string,
  envelope: Envelope,
  headers: Headers,
  status?: number,
): AshbyError => {
  const { code, permission, requestId } = reasonOf(envelope, status ?? 200);
  const base = { ...(status === undefined ? {} : { status }), surelyNotDone: true };
  if (permission) return forbidden(operation, status);
  if (code !== null && /^(rate|concurrent)_limit_exceeded$|^too_many_requests$/.test(code)) {
    const seconds = /^\d{1,5}$/.exec(headers.get('retry-after') ?? '')?.[0];
    return new AshbyError(code, operation, {
      ...base,
      kind: 'rate_limited',
      ...(seconds === undefined ? {} : { retryAfter: Number(seconds) * 1000 }),
      text: 'was put off: too many requests. The hub tries again by itself.',
    });
  }
  const quote = requestId === null ? '' : ` (Ashby's request id: ${requestId})`;
  if (code?.endsWith('_not_found')) {
    return new AshbyError(code, operation, {
      ...base,
      kind: 'not_found',
      text: `found nothing there (${code})${quote}. It was removed, or this key may not see it.`,
    });
  }
  return new AshbyError(code, operation, {
    ...base,
    kind: 'rejected',
    text: `was rejected (${code ?? 'no reason given'})${quote}. Check what was asked for in Ashby.`,
  });
};
