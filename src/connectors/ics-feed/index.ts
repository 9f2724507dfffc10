import { z } from 'zod';
import { defineConnector } from '#connectors/contract.ts';

export default defineConnector({
  id: 'ics-feed',
  name: 'ICS calendar feed',
  docsUrl: 'https://www.rfc-editor.org/rfc/rfc5545',
  role: 'busy',
  hosts: [],
  settings: z.object({
    url: z
      .string()
      .trim()
      .transform((url) => url.replace(/^webcals?:/i, 'https:'))
      .pipe(
        z
          .url({
            protocol: /^https?$/,
            error: 'Give the full address, such as https://…/basic.ics',
          })
          .max(4_096),
      )
      .refine((url) => !/^https?:\/\/[^/]*@/i.test(url), {
        error: 'Give the address without a user name or password in it.',
      })
      .meta({
        title: 'Secret address',
        description:
          'Of one person: in Google Calendar "Secret address in iCal format", in Outlook "Publish a calendar" as ICS. Whoever has it can read the calendar.',
        secret: true,
      }),
  }),
  rateLimit: { perSecond: 0, burst: 0 },
  // Loaded with the first feed: a hub without one starts sooner.
  verify: async (link) => (await import('./client.ts')).verifyFeed(link),
  connect: (link) => ({
    busy: {
      freeBusy: async (window) => (await import('./client.ts')).connectBusy(link).freeBusy(window),
    },
  }),
});
