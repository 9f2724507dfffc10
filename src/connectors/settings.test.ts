import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { describeSettings, hostUrl, secret } from './settings.ts';

test('a form knows what is typed, picked or switched, whatever wraps the field', () => {
  const fields = describeSettings(
    z.object({
      apiBase: hostUrl('API address', 'Where it stands.').default('https://api.example.com'),
      apiKey: secret('API key', 'From its settings.').optional(),
      port: z.coerce.number().int().default(465),
      security: z.enum(['tls', 'none']).default('tls'),
      quiet: z.boolean().default(false),
      user: z.string().trim(),
    }),
  );
  assert.deepEqual(
    fields.map(({ name, kind, options, host, required }) => [name, kind, options, host, required]),
    [
      ['apiBase', 'text', null, true, false],
      ['apiKey', 'text', null, false, false],
      ['port', 'number', null, false, false],
      ['security', 'text', ['tls', 'none'], false, false],
      ['quiet', 'switch', null, false, false],
      ['user', 'text', null, false, true],
    ],
  );
});
