/**
 * CodeInterview.io, API 1. Source: codeinterview.io/api, one page with four endpoints and no word on
 * errors. The key travels in the query, so no URL of this file may reach a message or a log.
 */
import { z } from 'zod';
import {
  ConnectorError,
  type ConnectorErrorKind,
  type HttpRequest,
  type HttpResponse,
  type Link,
  type LiveSessions,
  type Verification,
} from '#connectors/contract.ts';

export interface CodeinterviewSettings {
  apiBase: string;
  webBase: string;
  apiKey: string;
}

type CodeinterviewLink = Link<CodeinterviewSettings>;

/** Lists have no link and no pages: an account with years of interviews answers at length. */
const longestList = 32 * 1024 * 1024;

const id = z.union([z.string().min(1), z.number()]).transform(String);

const padsSchema = z.array(z.object({ id, name: z.string().nullish() }));

const createdSchema = z.object({ id, url: z.url({ protocol: /^https?$/ }) });

/** The vendor says `message` when it made a pad and `msg` when it ended one [doc]. */
const doneSchema = z
  .object({ msg: z.string().nullish(), message: z.string().nullish() })
  .transform(({ msg, message }) => msg ?? message);

const send = (
  link: CodeinterviewLink,
  operation: string,
  call: Pick<HttpRequest, 'json' | 'maxBytes'> & { path: string },
): Promise<HttpResponse> => {
  const { path, ...request } = call;
  return link.http({
    ...request,
    operation,
    method: operation.startsWith('POST') ? 'POST' : 'GET',
    url: `${link.settings.apiBase}/1${path}`,
    query: { key: link.settings.apiKey },
  });
};

const failure = (operation: string, kind: ConnectorErrorKind, text: string): ConnectorError =>
  new ConnectorError({
    connector: 'codeinterview',
    operation,
    kind,
    surelyNotDone: false,
    message: `codeinterview: ${operation} ${text}`,
  });

const read = <T>(operation: string, schema: z.ZodType<T>, response: HttpResponse): T => {
  const parsed = schema.safeParse(response.json());
  if (parsed.success) return parsed.data;
  throw failure(
    operation,
    'unexpected_shape',
    'answered in an unknown shape. Check the host in the settings.',
  );
};

const listPads = async (link: CodeinterviewLink): Promise<z.output<typeof padsSchema>> => {
  const operation = 'GET /pads';
  const response = await send(link, operation, { path: '/pads', maxBytes: longestList });
  return read(operation, padsSchema, response);
};

/** A pad has a name and nothing else, so the ref stands at the end of it. */
const markOf = (ref: string): string => `[${ref}]`;

export const connectLiveSessions = (link: CodeinterviewLink): LiveSessions => ({
  linkLifetime: null,
  templates: () => Promise.resolve([]),

  async create({ ref, title }) {
    const operation = 'POST /pads/new';
    // No limit is documented; a short title keeps the mark from being cut off. Whether the body is
    // JSON or a form is not stated either [inferred].
    const name = `${title
      .slice(0, 120)
      .replace(/[\ud800-\udbff]$/, '')
      .trim()} ${markOf(ref)}`;
    const response = await send(link, operation, { path: '/pads/new', json: { name } });
    const { id, url } = read(operation, createdSchema, response);
    return { id, url };
  },

  async find(ref) {
    const mark = markOf(ref);
    const pad = (await listPads(link)).find((one) => one.name?.trimEnd().endsWith(mark));
    return pad
      ? { id: pad.id, url: `${link.settings.webBase}/${encodeURIComponent(pad.id)}` }
      : null;
  },

  async end(id) {
    const operation = 'POST /pads/:id/end';
    const response = await send(link, operation, { path: `/pads/${encodeURIComponent(id)}/end` });
    if (read(operation, doneSchema, response) !== 'success')
      throw failure(operation, 'rejected', 'did not succeed. End the interview in CodeInterview.');
    return 'ended';
  },
});

/** One harmless read. The vendor tells neither account nor rights of a key. */
export const verifyAccount = async (link: CodeinterviewLink): Promise<Verification> => {
  const pads = await listPads(link);
  return {
    account: [{ label: 'Interviews that this key sees', value: String(pads.length) }],
    permissions: [
      { name: 'List interviews', state: 'granted', neededFor: 'finding a session again' },
      { name: 'Create interviews', state: 'not_checked', neededFor: 'making links' },
      { name: 'End interviews', state: 'not_checked', neededFor: 'cancelling' },
    ],
    warnings: [],
  };
};
