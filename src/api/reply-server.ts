/** The hub's own SMTP door for answers to invites; it takes mail in and never sends any on. */
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Hub } from '#jobs/hub.ts';
import { isDatabaseAway } from '#store/database.ts';
import { largestReplyMail, readReplyMail, takeReplyMail } from './reply-mail.ts';

/** Listens until `close`; rejects when the port is taken. */
export const startReplyServer = async (
  hub: Hub,
  place: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: largestReplyMail,
    socketTimeout: 30_000,
    maxClients: 50,
    onData(stream, _session, callback) {
      void textOf(stream)
        .then((raw) => {
          if (stream.sizeExceeded) throw refusal(552, 'The message is too large.');
          return take(hub, raw);
        })
        .then(
          () => {
            callback();
          },
          (thrown: unknown) => {
            callback(thrown instanceof Error ? thrown : refusal(451, 'Try again later.'));
          },
        );
    },
  });
  server.on('error', (error: Error) => {
    hub.log.warn({ error }, 'api: a mail connection for replies broke.');
  });
  const failed = once(server.server, 'error').then(([error]: unknown[]) => {
    throw error as Error;
  });
  server.listen(place.port, place.host);
  await Promise.race([once(server.server, 'listening'), failed]);
  failed.catch(() => undefined);
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : place.port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
};

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** Mail without an answer in it (an out-of-office note, say) is taken and forgotten. */
const take = async (hub: Hub, raw: string): Promise<void> => {
  try {
    await takeReplyMail(hub, await readReplyMail(raw));
  } catch (thrown) {
    throw isDatabaseAway(thrown) ? refusal(451, 'Try again later.') : thrown;
  }
};
