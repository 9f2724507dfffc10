/** Building blocks of settings schemas: they validate input and render the settings form. */
import { z } from 'zod';

/**
 * What people paste is rarely the bare key: copied headers, quotes, blanks and line ends come
 * along (Codility's copy button puts `Authorization: Bearer ` in front).
 */
export const cleanKey = (pasted: string): string =>
  pasted
    .replace(/[\s\u200b\ufeff\u00a0]+/g, ' ')
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .replace(/^authorization\s*:\s*/i, '')
    .replace(/^(bearer|basic|token)\s+/i, '')
    .replace(/\s+/g, '');

/** A pasted credential: cleaned, kept encrypted, never shown again. */
export const secret = (title: string, description: string) =>
  z
    .string()
    .transform(cleanKey)
    .pipe(z.string().min(1, 'The key is empty. Paste it again.').max(4096))
    .meta({ title, description, secret: true });

/** Stands in a draft for a setting that is chosen from the account's own lists and is still open. */
export const notChosenYet = '(not chosen yet)';

/** A base URL, without a trailing slash. */
export const hostUrl = (title: string, description: string) =>
  z
    .string()
    .trim()
    .pipe(
      z.url({ protocol: /^https?$/, error: 'Give a full address such as https://api.example.com' }),
    )
    .refine((url) => !/^https?:\/\/[^/]*@/i.test(url), {
      error: 'Give the address without a user name or password in it.',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .meta({ title, description, host: true });

interface FieldMeta {
  title?: string;
  description?: string;
  secret?: boolean;
  host?: boolean;
  choices?: string;
}

/** `z.meta` survives on the outermost schema only; optional and default wrappers hide it. */
const metaOf = (schema: z.ZodType): FieldMeta => {
  const own = schema.meta() as FieldMeta | undefined;
  if (own) return own;
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  return inner ? metaOf(inner) : {};
};

/** What stands inside optional and default wrappers, and at the end of transformations. */
const innermost = (schema: z.ZodType): z.ZodType => {
  const { innerType, out } = schema.def as { innerType?: z.ZodType; out?: z.ZodType };
  const inner = innerType ?? out;
  return inner ? innermost(inner) : schema;
};

const inputOf = (schema: z.ZodType): Pick<SettingsField, 'kind' | 'options'> => {
  const inner = innermost(schema);
  if (inner instanceof z.ZodEnum) return { kind: 'text', options: inner.options.map(String) };
  if (inner instanceof z.ZodNumber) return { kind: 'number', options: null };
  return { kind: inner instanceof z.ZodBoolean ? 'switch' : 'text', options: null };
};

const fieldsWith = (schema: z.ZodObject, flag: 'secret' | 'host'): string[] =>
  Object.entries(schema.shape)
    .filter(([, field]) => metaOf(field as z.ZodType)[flag] === true)
    .map(([name]) => name);

export const secretFields = (schema: z.ZodObject): string[] => fieldsWith(schema, 'secret');
export const hostFields = (schema: z.ZodObject): string[] => fieldsWith(schema, 'host');

/** One field of a settings form, as the API describes it. */
export interface SettingsField {
  name: string;
  title: string;
  description: string;
  secret: boolean;
  required: boolean;
  /** What is typed there; `options`: one of them is picked. */
  kind: 'text' | 'number' | 'switch';
  options: string[] | null;
  /** An address of the vendor's, which one of its `hosts` fills in. */
  host: boolean;
  /** Name of the vendor list that the value is chosen from (`users`), where it is. */
  choices: string | null;
  default: string | number | boolean | null;
}

export const describeSettings = (schema: z.ZodObject): SettingsField[] =>
  Object.entries(schema.shape).map(([name, field]) => {
    const type = field as z.ZodType;
    const meta = metaOf(type);
    const empty = type.safeParse(undefined);
    const fallback: unknown = empty.success ? empty.data : null;
    return {
      name,
      title: meta.title ?? name,
      description: meta.description ?? '',
      secret: meta.secret === true,
      required: !empty.success,
      ...inputOf(type),
      host: meta.host === true,
      choices: meta.choices ?? null,
      default:
        typeof fallback === 'string' ||
        typeof fallback === 'number' ||
        typeof fallback === 'boolean'
          ? fallback
          : null,
    };
  });
