import { z } from 'zod';
import { defineConnector } from '#connectors/contract.ts';
import { hostUrl, secret } from '#connectors/settings.ts';
import { connectLiveSessions, verifyAccount } from './client.ts';

export default defineConnector({
  id: 'codeinterview',
  name: 'CodeInterview',
  docsUrl: 'https://codeinterview.io/api',
  role: 'coding',
  hosts: [
    {
      id: 'global',
      name: 'codeinterview.io',
      settings: { apiBase: 'https://api.codeinterview.io', webBase: 'https://codeinterview.io' },
    },
  ],
  settings: z.object({
    apiBase: hostUrl('API address', 'Where the API stands.').default(
      'https://api.codeinterview.io',
    ),
    webBase: hostUrl('Web address', 'Where interviews are opened.').default(
      'https://codeinterview.io',
    ),
    apiKey: secret(
      'API key',
      'In CodeInterview: your name (top right) > Settings. The key sees the interviews of its owner and team.',
    ),
  }),
  rateLimit: { perSecond: 0, burst: 0 },
  verify: verifyAccount,
  connect: (link) => ({ liveSessions: connectLiveSessions(link) }),
});
