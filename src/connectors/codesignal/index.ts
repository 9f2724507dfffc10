import { z } from 'zod';
import { defineConnector } from '#connectors/contract.ts';
import { hostUrl, secret } from '#connectors/settings.ts';
import { connectAssessments, connectLiveSessions } from './client.ts';
import { verifyKey } from './verify.ts';
import { manualWebhooks, webhookFormat } from './webhook.ts';

export default defineConnector({
  id: 'codesignal',
  name: 'CodeSignal',
  docsUrl: 'https://developer.codesignal.com',
  role: 'coding',
  hosts: [
    {
      id: 'codesignal',
      name: 'app.codesignal.com',
      settings: { apiBase: 'https://app.codesignal.com' },
    },
  ],
  settings: z.object({
    apiBase: hostUrl(
      'API address',
      'The address of CodeSignal without a path. There is one for everybody.',
    ).default('https://app.codesignal.com'),
    apiKey: secret(
      'API key',
      'In CodeSignal: Integrations > API Keys > ADD A KEY, with liveInterview for live interviews, companyTest and companyTestSession for tests. Click on the blue key to copy it. A key dies with the account of the person who made it: use an administrator that stays.',
    ),
  }),
  // "10 requests per second, or 5", each for one query or mutation [doc].
  rateLimit: { perSecond: 5, burst: 5 },
  webhooks: webhookFormat,
  verify: verifyKey,
  connect: (link) => ({
    liveSessions: connectLiveSessions(link),
    assessments: connectAssessments(link),
    webhooks: manualWebhooks,
  }),
});
