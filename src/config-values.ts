/** Kinds of values that settings have. A message says what is wrong and what to do, never the value. */
import { isIP } from 'node:net';
import { z } from 'zod';

export const whole = (least: number, most: number) => {
  const problem = `must be a whole number from ${String(least)} to ${String(most)}. Write digits only.`;
  return z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: problem,
    })
    .transform(Number);
};

export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `is not one of the known values. Choose ${values.join(', ')}.` });

export const databaseUrl = z
  .string()
  .refine((text) => ['postgres:', 'postgresql:'].includes(URL.parse(text)?.protocol ?? ''), {
    error:
      'must be a PostgreSQL URL. Write it like postgres://user:password@host:5432/loopwright, ' +
      'with special characters of the password percent-encoded.',
  });

/** Plain IMAP is for loopback; elsewhere `imap:` demands STARTTLS. */
export const imapUrl = z.string().refine(
  (text) => {
    const url = URL.parse(text);
    return (
      url !== null &&
      ['imap:', 'imaps:'].includes(url.protocol) &&
      url.hostname !== '' &&
      url.username !== '' &&
      url.password === '' &&
      /%(?![0-9a-f]{2})/i.exec(url.username) === null &&
      ['', '/'].includes(url.pathname)
    );
  },
  {
    error:
      'must be an IMAP address with the user and without the password. Write it like ' +
      'imaps://interviews%40example.com@imap.example.com:993, and set LOOPWRIGHT_IMAP_PASSWORD.',
  },
);

/** As the provider names itself, to the letter: a slash at its end counts. */
export const issuer = z.string().refine(
  (text) => {
    const url = URL.parse(text);
    if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false;
    const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
    return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
  },
  {
    error:
      'must be the https address by which the provider names itself, without query. ' +
      'Write it like https://login.example.com/realms/company.',
  },
);

export const publicUrl = z.string().transform((text, context) => {
  const parsed = URL.parse(text);
  const plain = parsed !== null && `${parsed.origin}/` === parsed.href;
  if (plain && ['http:', 'https:'].includes(parsed.protocol)) return parsed.origin;
  context.addIssue(
    'must be an http or https address without path, user or query. ' +
      'Write it like https://interviews.example.com.',
  );
  return z.NEVER;
});

/** Without an id of its own the key is named after its digest. */
export type SecretKey = { id: string | undefined; key: Buffer };

export const secretKey = z.string().transform((text, context): SecretKey => {
  const [, id, digits = ''] = /^(?:([a-z0-9-]{1,32}):)?(.+)$/i.exec(text) ?? [];
  if (/^[0-9a-f]{64}$/i.test(digits)) return { id, key: Buffer.from(digits, 'hex') };
  if (/^[a-z0-9+/_-]{43}=?$/i.test(digits)) return { id, key: Buffer.from(digits, 'base64') };
  context.addIssue(
    'must be 32 bytes in hex or base64, with or without an id and a colon in front. ' +
      'Make one with: openssl rand -hex 32',
  );
  return z.NEVER;
});

export const hostAndPort = /^(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+):([1-9]\d{0,4})$/;

const entriesOf = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');

export const allowHosts = z.string().transform((text, context): readonly string[] => {
  const hosts = entriesOf(text);
  for (const [index, host] of hosts.entries()) {
    if (Number(hostAndPort.exec(host)?.[1] ?? 65_536) < 65_536) continue;
    const entry = `entry ${String(index + 1)}`;
    context.addIssue(`must list host:port (see ${entry}). Write it like calendar.internal:8443.`);
  }
  return hosts;
});

const isNetwork = (entry: string): boolean => {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits ?? 0) <= (version === 6 ? 128 : 32);
};

export const trustedProxies = z.string().transform((text, context): readonly string[] => {
  const proxies = entriesOf(text);
  for (const [index, proxy] of proxies.entries()) {
    if (isNetwork(proxy)) continue;
    const entry = `entry ${String(index + 1)}`;
    context.addIssue(
      `must list addresses or networks (see ${entry}). Write it like 127.0.0.1,10.0.0.0/8.`,
    );
  }
  return proxies;
});
