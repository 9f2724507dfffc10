/** A real SMTP socket: asks for user and password, takes messages in, and fails as told. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Emulator, EmulatorOptions, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { nextFault } from '#connectors/emulator-faults.ts';
import { seeded } from '#connectors/emulator-data.ts';
import type { Account } from './account.ts';

/** What a status of the failure switches is in this protocol. */
const codes: Record<string, number> = { 401: 535, 403: 550, 429: 450, 500: 554, 503: 421 };

/** What a page offers: this protocol's own answers. */
export const faultOffers = {
  kinds: [
    [421, 'is not available for now (421), to be tried again'],
    [451, 'puts the message off (451), to be tried again'],
    [550, 'refuses the recipient for good (550)'],
    [401, 'refuses user and password (535)'],
    ['hang', 'never answers'],
    ['drop_before', 'breaks off, nothing done'],
    ['drop_after', 'takes the message, then breaks off'],
  ],
  example: 'RCPT /ada',
} satisfies Emulator['faultOffers'];

const refusal = (responseCode: number): Error =>
  Object.assign(new Error('The emulated server was told to refuse this.'), { responseCode });

const largest = 10 * 1024 * 1024;

export const createServer = (setup: {
  options: EmulatorOptions;
  account: Account;
  faults: Fault[];
  requests: RecordedRequest[];
}) => {
  const { options, account, faults, requests } = setup;
  const random = seeded(options.seed ^ 0x5eed);
  /** Sessions whose message is taken and whose answer never comes, by how that ends. */
  const unanswered = new Map<string, 'drop_after' | 'hang_after'>();
  const open = new Set<{ remotePort?: number; destroy(): void }>();
  const sockets = new Map<string, { destroy(): void }>();

  /** Null: go on. The command hangs or breaks off where the answer never comes. */
  const act = (session: SMTPServerSession, fault: Fault | undefined): Error | null | 'silence' => {
    if (!fault) return null;
    if (fault.kind === 'hang') return 'silence';
    if (fault.kind === 'drop_after' || fault.kind === 'hang_after') {
      unanswered.set(session.id, fault.kind);
      return null;
    }
    if (fault.kind === 'drop_before' || fault.kind === 'html') {
      sockets.get(session.id)?.destroy();
      return 'silence';
    }
    return refusal(codes[fault.kind] ?? fault.kind);
  };

  const take = async (session: SMTPServerSession, raw: string): Promise<void> => {
    const { from, to, subject, text, html, attachments } = await PostalMime.parse(raw);
    const invite = attachments.find(({ mimeType }) => mimeType === 'application/ics');
    for (const { address } of session.envelope.rcptTo)
      options.deliverMail({
        from: from?.address ?? '',
        to: to?.[0]?.address ?? address,
        subject: subject ?? '',
        text: text ?? '',
        ...(html === undefined ? {} : { html }),
        ...(invite ? { calendar: contentOf(invite.content) } : {}),
        raw,
        sentAt: options.now(),
      });
  };

  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    // Its certificate would be of its own making, which no client should trust.
    disabledCommands: ['STARTTLS'],
    size: largest,
    disableReverseLookup: true,
    logger: false,
    onConnect(session, callback) {
      const socket = [...open].find(({ remotePort }) => remotePort === session.remotePort);
      if (socket) sockets.set(session.id, socket);
      callback();
    },
    onClose(session) {
      sockets.delete(session.id);
      unanswered.delete(session.id);
    },
    onAuth({ username, password }, session, callback) {
      // No recipient is named yet.
      const isForLater = faults.find(({ match }) => 'AUTH /'.includes(match))?.kind === 550;
      const fault = isForLater ? undefined : nextFault(faults, 'AUTH /', random);
      const outcome = act(session, fault);
      if (outcome === 'silence') return;
      if (outcome) callback(outcome);
      else if (username === account.user && password === account.password)
        callback(null, { user: username });
      else callback(refusal(535));
    },
    onRcptTo({ address }, session, callback) {
      const line = `RCPT /${address}`;
      const outcome = act(session, nextFault(faults, line, random));
      if (outcome === 'silence') return;
      callback(outcome ?? (account.isUnknown(address) ? refusal(550) : null));
    },
    onData(stream, session, callback) {
      const came = textOf(stream).then(async (raw) => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        const messageId = /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? '';
        requests.push({
          at: options.now(),
          method: 'DATA',
          path: `/${to}`,
          body: messageId,
          status: 250,
        });
        const outcome = act(session, nextFault(faults, `DATA /${to}`, random));
        if (outcome === 'silence') return;
        if (outcome) {
          callback(outcome);
          return;
        }
        await take(session, raw);
        const end = unanswered.get(session.id);
        if (end === undefined) callback();
        else if (end === 'drop_after') sockets.get(session.id)?.destroy();
      });
      // Whoever hung up in the middle has sent nothing.
      came.catch(() => undefined);
    },
  });
  server.server.prependListener(
    'connection',
    (socket: {
      remotePort?: number;
      destroy(): void;
      once(event: 'close', run: () => void): void;
    }) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    },
  );
  // A socket that was broken off on purpose is no fault of the server.
  server.on('error', () => undefined);

  return {
    async listen(host: string, port: number): Promise<string> {
      server.listen(port, host);
      await once(server.server, 'listening');
      return `${host}:${String((server.server.address() as AddressInfo).port)}`;
    },
    stop(): void {
      for (const socket of open) socket.destroy();
      server.close(() => undefined);
    },
  };
};

const contentOf = (content: string | ArrayBuffer | Uint8Array): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content);
