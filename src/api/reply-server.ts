/** The hub's own SMTP door for answers to invites; it takes mail in and never sends any on. */
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { LoopwrightError } from '#core/errors.ts';
import type { Hub } from '#jobs/hub.ts';
import { takeReply } from '#jobs/take-reply.ts';
import { isDatabaseAway } from '#store/database.ts';

const largest = 1024 * 1024;

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
    size: largest,
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
  const { from, attachments } = await PostalMime.parse(raw);
  const answer = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  if (!answer || from?.address === undefined) return;
  const { content } = answer;
  const calendar = typeof content === 'string' ? content : new TextDecoder().decode(content);
  try {
    await takeReply(hub, { from: from.address, calendar });
  } catch (thrown) {
    if (isDatabaseAway(thrown)) throw refusal(451, 'Try again later.');
    if (!(thrown instanceof LoopwrightError)) throw thrown;
    // Whoever sent it need not hear what the hub knows.
    hub.log.info({ code: thrown.code }, 'api: a reply did not count.');
  }
};
