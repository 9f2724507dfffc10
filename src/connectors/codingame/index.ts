import { z } from 'zod';
import { defineConnector } from '#connectors/contract.ts';
import { hostUrl, secret } from '#connectors/settings.ts';
import { connectAssessments, connectWebhooks, verifyAccount } from './client.ts';
import { webhookFormat } from './webhook.ts';

export default defineConnector({
  id: 'codingame',
  name: 'CodinGame',
  docsUrl: 'https://api.screen.coderpad.io',
  role: 'coding',
  hosts: [
    { id: 'us', name: 'codingame.com', settings: { apiBase: 'https://www.codingame.com' } },
    { id: 'eu', name: 'codingame.eu', settings: { apiBase: 'https://www.codingame.eu' } },
  ],
  settings: z.object({
    apiBase: hostUrl(
      'API address',
      'Where your account stands: https://www.codingame.com, or https://www.codingame.eu.',
    ).default('https://www.codingame.com'),
    apiKey: secret(
      'API key',
      'In CodinGame: account (gear) > Integration > Generate key. Enterprise plans only.',
    ),
  }),
  rateLimit: { perSecond: 0, burst: 0 },
  webhooks: webhookFormat,
  verify: verifyAccount,
  connect: (link) => ({
    assessments: connectAssessments(link),
    webhooks: connectWebhooks(link),
  }),
});
