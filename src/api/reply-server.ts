/** The hub's own SMTP door for answers to invites; it takes mail in and never sends any on. */
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Hub } from '#jobs/hub.ts';
import { reasonOf } from './mailbox-fault.ts';
import { largestReplyMail, messageIdOf, readReplyMail, takeReplyMail } from './reply-mail.ts';

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
            callback(
              thrown instanceof Error && 'responseCode' in thrown
                ? thrown
                : refusal(451, 'Try again later.'),
            );
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

/**
 * Mail without an answer in it (an out-of-office note, say) is taken and forgotten. What could not be
 * stored is the sending server's to offer again, for as long as it does, and then to return.
 */
const take = async (hub: Hub, raw: string): Promise<void> => {
  try {
    await takeReplyMail(hub, await readReplyMail(raw));
  } catch (thrown) {
    const messageId = messageIdOf(raw);
    hub.log.error(
      { messageId, reason: reasonOf(thrown) },
      'api: a reply could not be stored; the mail server that brought it was told to come again.',
    );
    throw refusal(451, 'Try again later.');
  }
};
