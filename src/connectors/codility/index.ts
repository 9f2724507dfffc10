import { defineConnector } from '#connectors/contract.ts';
import { connectAssessments, connectLiveSessions, webhooks } from './client.ts';
import { settingsSchema } from './mapping.ts';
import { verifyAccount } from './verify.ts';
import { webhookFormat } from './webhook.ts';

export default defineConnector({
  id: 'codility',
  name: 'Codility',
  docsUrl: 'https://codility.com/api-documentation/',
  role: 'coding',
  hosts: [
    { id: 'global', name: 'codility.com', settings: { apiBase: 'https://codility.com/api' } },
  ],
  settings: settingsSchema,
  // 500 requests per user and hour [doc]: the burst and what an hour adds to it are no more.
  rateLimit: { perSecond: 250 / 3_600, burst: 250 },
  webhooks: webhookFormat,
  verify: verifyAccount,
  connect: (link) => ({
    assessments: connectAssessments(link),
    liveSessions: connectLiveSessions(link),
    webhooks,
  }),
});
