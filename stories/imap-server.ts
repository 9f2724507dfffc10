/** A mailbox on a real socket that speaks as much IMAP4rev1 as reading mail needs, and can misbehave. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createSecureContext, TLSSocket } from 'node:tls';

export interface StoredMail {
  uid: number;
  raw: string;
  flags: Set<string>;
  /** When it arrived, in milliseconds. */
  arrived: number;
  /** How often its text was read. */
  reads: number;
}

/**
 * - `hang`: no answer ever comes
 * - `drip`: a byte now and then, and never the end
 * - `drop`: the connection breaks
 */
export type Misconduct = 'hang' | 'drip' | 'drop';

export interface ImapServer {
  port: number;
  mails: StoredMail[];
  uidValidity: number;
  nextUid: number;
  password: string;
  folder: string;
  /** Every command that came, without its tag. */
  commands: string[];
  logins: number;
  /** Connections that are open now, and the most that ever were at once. */
  open: number;
  mostOpen: number;
  /** What happens instead of an answer to this command. */
  misconduct(command: string): Misconduct | undefined;
  put(raw: string, change?: Partial<StoredMail>): StoredMail;
  close(): Promise<void>;
}

export interface ImapOptions {
  port?: number;
  password?: string;
  host?: string;
  /** `tls`: from the first byte; `starttls`: once the client asks. */
  encryption?: { mode: 'tls' | 'starttls'; key: string; cert: string };
}

export const startImapServer = async (options: ImapOptions = {}): Promise<ImapServer> => {
  const { port = 0, password = 'right', host = '127.0.0.1', encryption } = options;
  const sockets = new Set<Socket>();
  const upgraded = (socket: Socket): TLSSocket => {
    const secureContext = createSecureContext({ ...encryption });
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    return secure.on('error', () => undefined);
  };
  const converse = (socket: Socket, offersTls: boolean): void => {
    const lines = createInterface({ input: socket });
    // It passes on what the socket tells its own listeners.
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const [tag = '*', ...words] = line.split(' ');
      const command = words.join(' ');
      server.commands.push(command);
      const wrong = server.misconduct(command);
      if (wrong !== undefined) {
        misbehave(socket, wrong);
      } else if (offersTls && /^STARTTLS$/i.test(command)) {
        lines.close();
        socket.write(`${tag} OK go on\r\n`);
        converse(upgraded(socket), false);
      } else {
        const { untagged, end } = answer(server, command, offersTls);
        socket.write([...untagged.map((one) => `* ${one}`), `${tag} ${end}`, ''].join('\r\n'));
      }
    });
  };
  const listener = createServer((socket) => {
    sockets.add(socket);
    server.open += 1;
    server.mostOpen = Math.max(server.mostOpen, server.open);
    socket
      .on('close', () => {
        sockets.delete(socket);
        server.open -= 1;
      })
      .on('error', () => undefined);
    const wrong = server.misconduct('');
    if (wrong !== undefined) {
      misbehave(socket, wrong);
      return;
    }
    const talking = encryption?.mode === 'tls' ? upgraded(socket) : socket;
    talking.write('* OK ready\r\n');
    converse(talking, encryption?.mode === 'starttls');
  });
  listener.listen(port, host);
  await once(listener, 'listening');
  const address = listener.address();
  const server: ImapServer = {
    port: typeof address === 'object' && address !== null ? address.port : port,
    mails: [],
    uidValidity: 7,
    nextUid: 1,
    password,
    folder: 'INBOX',
    commands: [],
    logins: 0,
    open: 0,
    mostOpen: 0,
    misconduct: () => undefined,
    put(raw, change = {}) {
      const uid = server.nextUid;
      const mail = { uid, raw, flags: new Set<string>(), arrived: Date.now(), reads: 0, ...change };
      server.nextUid += 1;
      server.mails.push(mail);
      return mail;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
  return server;
};

const dripEvery = 100;

const misbehave = (socket: Socket, how: Misconduct): void => {
  if (how === 'drop') socket.destroy();
  if (how !== 'drip') return;
  const drip = setInterval(() => socket.write('*'), dripEvery);
  socket.once('close', () => {
    clearInterval(drip);
  });
};

/** Sets such as `3,7:*`; `n:*` holds the last one in any case. */
const isIn = (set: string, uid: number, last: number): boolean =>
  set.split(',').some((part) => {
    const [from, to = from] = part.split(':').map((one) => (one === '*' ? last : Number(one)));
    const ends = [from ?? 0, to ?? 0];
    return uid >= Math.min(...ends) && uid <= Math.max(...ends);
  });

const answer = (
  server: ImapServer,
  command: string,
  offersTls: boolean,
): { untagged: string[]; end: string } => {
  const ok = (...untagged: string[]) => ({ untagged, end: 'OK done' });
  const name = /^(?:UID )?\w+/.exec(command.toUpperCase())?.[0] ?? '';
  switch (name) {
    case 'CAPABILITY':
      return ok(`CAPABILITY IMAP4rev1${offersTls ? ' STARTTLS' : ''}`);
    case 'LOGIN':
      server.logins += 1;
      return command.includes(server.password)
        ? ok()
        : { untagged: [], end: 'NO [AUTHENTICATIONFAILED] wrong' };
    case 'LIST':
    case 'LSUB':
      return ok(`${name} () "/" ${server.folder}`);
    case 'EXAMINE':
      return command.includes(server.folder)
        ? ok(
            'FLAGS (\\Seen)',
            'OK [PERMANENTFLAGS ()] read-only',
            `OK [UIDVALIDITY ${String(server.uidValidity)}] valid`,
            `${String(server.mails.length)} EXISTS`,
          )
        : { untagged: [], end: 'NO [NONEXISTENT] there is none' };
    case 'UID SEARCH':
      return ok(['SEARCH', ...found(server, command)].join(' '));
    case 'UID FETCH':
      return ok(...fetched(server, command));
    case 'LOGOUT':
      return ok('BYE bye');
    default:
      return { untagged: [], end: 'BAD not known here' };
  }
};

const found = ({ mails }: ImapServer, command: string): number[] => {
  const last = Math.max(0, ...mails.map(({ uid }) => uid));
  const [, set = '1:*'] = /\bUID ([\d:,*]+)/i.exec(command.slice(4)) ?? [];
  const [, since] = /\bSINCE (\S+)/i.exec(command) ?? [];
  const unread = /\bUNSEEN\b/i.test(command);
  const from = since === undefined ? 0 : Date.parse(`${since.replaceAll('"', '')} UTC`);
  return mails
    .filter(({ uid, arrived }) => isIn(set, uid, last) && arrived >= from)
    .filter(({ flags }) => !unread || !flags.has('\\Seen'))
    .map(({ uid }) => uid);
};

const fetched = ({ mails }: ImapServer, command: string): string[] => {
  const uid = Number(/^UID FETCH (\d+)/i.exec(command)?.[1]);
  const mail = mails.find((one) => one.uid === uid);
  if (mail === undefined) return [];
  const head = `${String(mails.indexOf(mail) + 1)} FETCH (UID ${String(uid)}`;
  const literal = (text: string): string => `{${String(Buffer.byteLength(text))}}\r\n${text}`;
  if (command.includes('RFC822.SIZE')) {
    const line = /^message-id:.*\r\n/im.exec(mail.raw)?.[0] ?? '';
    const size = String(Buffer.byteLength(mail.raw));
    return [
      `${head} RFC822.SIZE ${size} BODY[HEADER.FIELDS (MESSAGE-ID)] ${literal(`${line}\r\n`)})`,
    ];
  }
  // Only so is the mail left as unread as it was.
  if (!command.includes('BODY.PEEK[]')) return [];
  mail.reads += 1;
  return [`${head} BODY[] ${literal(mail.raw)})`];
};
