/**
 * The settings, which are also the mapping of live sessions, and Codility's answers folded to the
 * hub's words. Answers are parsed loosely; names of fields as real clients use them [code], those of
 * live sessions a guess that the settings can correct [inferred].
 */
import { z } from 'zod';
import type { LiveSession } from '#connectors/contract.ts';
import type { AssessmentResult } from '#core/model.ts';
import { hostUrl, secret } from '#connectors/settings.ts';

// ---- Settings

/** Written under every part of the guess, so that nobody takes it for documented. */
const unverified = 'Unverified: Codility does not publish this.';

const isWebAddress = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

export const linksOf = (pasted: string): string[] => [
  ...new Set(
    pasted
      .split(/\s+/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

const line = (pattern: RegExp, error: string) => z.string().trim().max(200).regex(pattern, error);

const field = (title: string, description: string, fallback: string) =>
  line(
    /^([a-z]\w*(\.[a-z]\w*)*)?$/i,
    'Give a field such as name or candidate.email, or leave it empty.',
  )
    .default(fallback)
    .meta({ title: `Live: ${title}`, description: `${description} ${unverified}` });

const path = (title: string, description: string, fallback: string, hasId = false) =>
  line(
    hasId ? /^(\/[\w./-]*\{id\}[\w./-]*)?$/ : /^(\/[\w./-]*)?$/,
    `Give a path that begins with /${hasId ? ' and holds {id}' : ''}, or leave it empty.`,
  )
    .default(fallback)
    .meta({ title: `Live: ${title}`, description: `${description} ${unverified}` });

export const settingsSchema = z
  .object({
    apiBase: hostUrl(
      'API address',
      'https://codility.com/api, or the one that Codility gave you for an account in the EU.',
    ).default('https://codility.com/api'),
    apiKey: secret(
      'API key',
      'In Codility: My Account > Account details > Integrations > Create an integration. Click the header of the new panel and paste it here as it is.',
    ),
    liveMode: z
      .enum(['api', 'pool', 'pattern'])
      .default('api')
      .meta({
        title: 'Live: where links come from',
        description: `api: CodeLive sessions are made by the mapping below (${unverified.toLowerCase().replace(/\.$/, '')}). pool: from the links that are pasted below. pattern: from the address pattern below.`,
      }),
    livePool: z
      .string()
      .trim()
      .max(100_000)
      .refine((pasted) => linksOf(pasted).every(isWebAddress), {
        error: 'Give one full address such as https://app.codility.com/… a line.',
      })
      .default('')
      .meta({
        title: 'Live: pool of links',
        description:
          'One link a line, of sessions that were made in Codility by hand. Each is given to one interview and never again.',
      }),
    livePattern: z
      .string()
      .trim()
      .max(500)
      .refine((pattern) => pattern === '' || (isWebAddress(pattern) && /\{ref\}/.test(pattern)), {
        error: 'Give a full address that holds {ref}, such as https://rooms.example.com/{ref}',
      })
      .default('')
      .meta({
        title: 'Live: address pattern',
        description:
          'An address with {ref}, which becomes a short text of its own for every interview. For rooms that open under any name.',
      }),
    livePath: path('path to create', 'POST to this path makes a session.', '/interviews/'),
    liveNameField: field('field of the title', 'Where the title goes.', 'name'),
    liveFirstNameField: field(
      'field of the first name',
      'Where the candidate’s first name goes.',
      'candidate.first_name',
    ),
    liveLastNameField: field(
      'field of the last name',
      'Where the candidate’s last name goes.',
      'candidate.last_name',
    ),
    liveEmailField: field(
      'field of the address',
      'Where the candidate’s e-mail address goes, if there is one.',
      'candidate.email',
    ),
    liveTemplateField: field('field of the template', 'Where its id goes.', 'template_id'),
    liveRefField: field(
      'field of the reference',
      'Where the hub leaves its mark, to find the session again in the list. Empty: at the end of the title.',
      'external_id',
    ),
    liveIdPath: field('id in the answer', 'Where the answer holds the session’s id.', 'id'),
    liveLinkPath: field(
      'link in the answer',
      'Where the answer holds the link that people open.',
      'interview_link',
    ),
    liveListPath: path(
      'path of the list',
      'GET from this path lists sessions. Empty: there is no list; the hub then asks a person when it broke off in the middle.',
      '/interviews/',
    ),
    liveTemplatesPath: path(
      'path of the templates',
      'GET from this path lists templates with id and name. Empty: none are offered.',
      '',
    ),
    liveEndMethod: z
      .enum(['DELETE', 'POST'])
      .default('DELETE')
      .meta({
        title: 'Live: method to end',
        description: `How a session is ended or deleted. ${unverified}`,
      }),
    liveEndPath: path(
      'path to end',
      'Ends or deletes the session {id}. Empty: sessions cannot be ended, and are shown as unused.',
      '/interviews/{id}/',
      true,
    ),
  })
  .superRefine((settings, context) => {
    const { liveMode, livePool, livePattern, livePath } = settings;
    const missing = (name: keyof typeof settings, message: string): void => {
      context.addIssue({ code: 'custom', path: [name], message });
    };
    if (liveMode === 'pool' && livePool === '') missing('livePool', 'Paste at least one link.');
    if (liveMode === 'pattern' && livePattern === '') missing('livePattern', 'Give the pattern.');
    if (liveMode !== 'api') return;
    if (livePath === '') missing('livePath', 'Give the path, or choose pool or pattern.');
    for (const name of ['liveIdPath', 'liveLinkPath'] as const)
      if (settings[name] === '') missing(name, 'Say where it stands in the answer.');
    if (settings.liveRefField === '' && settings.liveNameField === '')
      missing('liveRefField', 'Give a place for the reference, here or in the title.');
  });

export type CodilitySettings = z.output<typeof settingsSchema>;

// ---- Live sessions

/** The first word is taken for the first name; the hub knows names as a whole. */
export const splitName = (name: string): { first: string; last: string } => {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { first, last: rest.join(' ') };
};

const withField = (
  body: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> => {
  const own = body[name];
  const inner = typeof own === 'object' && own !== null ? (own as Record<string, unknown>) : {};
  return { ...body, [name]: rest.length === 0 ? value : withField(inner, rest, value) };
};

const markOf = (ref: string): string => `[${ref}]`;

/** What is sent to make a session: only fields that the settings name and that have a value. */
export const liveBody = (
  settings: CodilitySettings,
  request: {
    ref: string;
    title: string;
    templateId: string | null;
    candidate: { name: string; email: string | null };
  },
): Record<string, unknown> => {
  const { first, last } = splitName(request.candidate.name);
  // No limit is known; a short title keeps the mark from being cut off, a cut no half character.
  const title = request.title.slice(0, 120).replace(/[\ud800-\udbff]$/, '');
  const fields: Array<[path: string, value: string | null]> = [
    [
      settings.liveNameField,
      settings.liveRefField === '' ? `${title} ${markOf(request.ref)}` : title,
    ],
    [settings.liveFirstNameField, first],
    [settings.liveLastNameField, last],
    [settings.liveEmailField, request.candidate.email],
    [settings.liveTemplateField, request.templateId],
    [settings.liveRefField, request.ref],
  ];
  return fields
    .filter(([at, value]) => at !== '' && value !== null)
    .reduce<Record<string, unknown>>(
      (body, [at, value]) => withField(body, at.split('.'), value),
      {},
    );
};

const valueAt = (answer: unknown, at: string): unknown =>
  at
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      answer,
    );

export const isMarked = (settings: CodilitySettings, session: unknown, ref: string): boolean => {
  if (settings.liveRefField !== '') return valueAt(session, settings.liveRefField) === ref;
  const title = valueAt(session, settings.liveNameField);
  return typeof title === 'string' && title.trimEnd().endsWith(markOf(ref));
};

export const liveIdOf = (settings: CodilitySettings, session: unknown): string | null => {
  const parsed = id.safeParse(valueAt(session, settings.liveIdPath));
  return parsed.success ? parsed.data : null;
};

/** Null where the answer is not what the settings say. */
export const toLiveSession = (settings: CodilitySettings, session: unknown): LiveSession | null => {
  const sessionId = liveIdOf(settings, session);
  const url = webAddress.safeParse(valueAt(session, settings.liveLinkPath));
  return sessionId !== null && url.success ? { id: sessionId, url: url.data } : null;
};

// ---- Tests and their results

const webAddress = z.url({ protocol: /^https?$/ });
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const id = z.union([z.string().min(1), z.number()]).transform(String);

/** Django REST's pages; a bare list serves as well, for CodeLive's shape is not known. */
export const pageSchema = z.union([
  z.array(z.unknown()).transform((results) => ({ results, next: null })),
  z.object({ results: z.array(z.unknown()), next: z.string().nullish() }),
]);

export const choiceSchema = z.object({ id, name: z.string() });

export const testSchema = choiceSchema.extend({
  is_archived: z.boolean().nullish().catch(null),
});

/** The id of a session is told as an address only; its last segment is all that is taken [code]. */
const sessionId = z
  .string()
  .transform(lastSegment)
  .pipe(z.string().regex(/^[\w-]{1,64}$/));

export const invitedSchema = z.object({
  candidates: z.tuple([z.object({ test_link: webAddress, session_url: sessionId })], z.unknown()),
});

export const sessionSchema = z.object({
  url: sessionId,
  candidate: z.union([z.string(), z.number()]).transform(String).nullish().catch(null),
  start_date: text,
  close_date: text,
  similarity: z.unknown().optional(),
  evaluation: z.object({ result: number, max_result: number }).nullish().catch(null),
  report_link: webAddress.nullish().catch(null),
  cancel_url: webAddress.nullish().catch(null),
  test_link: webAddress.nullish().catch(null),
});

export type Session = z.output<typeof sessionSchema>;

/** Callbacks tell the whole session; only its id is taken. */
export const callbackSchema = z.object({
  event: z.string().min(1).max(100),
  session: z.object({ url: sessionId }),
});

function lastSegment(address: string): string {
  return address.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

export const hasBegun = (session: Session): boolean =>
  Boolean(session.start_date) || typeof session.evaluation?.result === 'number';

/** Codility names no state: a test without a start waits, one with an evaluation is over. */
export const toResult = (session: Session): AssessmentResult => {
  const score = session.evaluation?.result ?? null;
  const maxScore = session.evaluation?.max_result ?? null;
  const isOver = score !== null;
  return {
    status: isOver ? 'completed' : hasBegun(session) ? 'started' : 'invited',
    score,
    maxScore,
    percent: isOver && maxScore ? (score / maxScore) * 100 : null,
    verdict: isOver ? verdictOf(session.similarity) : null,
    reportUrl: session.report_link ?? null,
    expiresAt: null,
    startedAt: instantOf(session.start_date),
    finishedAt: isOver ? instantOf(session.close_date) : null,
  };
};

/** Null until the similarity check has ended. Its type is not known; what is no word is not repeated. */
const verdictOf = (similarity: unknown): string | null => {
  if (similarity === null || similarity === undefined || similarity === '') return null;
  if (typeof similarity === 'string' || typeof similarity === 'number')
    return `similarity: ${String(similarity).slice(0, 100)}`;
  if (typeof similarity === 'boolean') return `similarity: ${similarity ? 'found' : 'none'}`;
  return 'similarity: see the report';
};

const instantOf = (date: string | null | undefined): number | null => {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : at;
};
