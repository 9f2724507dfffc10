/** A mailbox on a real socket that speaks as much IMAP4rev1 as reading and marking mail needs. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface StoredMail {
  raw: string;
  flags: Set<string>;
  /** How often its text was read. */
  reads: number;
}

export interface ImapServer {
  port: number;
  mails: StoredMail[];
  logins: number;
  password: string;
  put(raw: string): StoredMail;
  close(): Promise<void>;
}

export const startImapServer = async (port = 0, password = 'right'): Promise<ImapServer> => {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.write('* OK ready\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      const [tag = '*', ...words] = line.split(' ');
      const { untagged, end } = answer(server, words.join(' '));
      socket.write([...untagged.map((one) => `* ${one}`), `${tag} ${end}`, ''].join('\r\n'));
    });
  });
  listener.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const server: ImapServer = {
    port: typeof address === 'object' && address !== null ? address.port : port,
    mails: [],
    logins: 0,
    password,
    put(raw) {
      const mail = { raw, flags: new Set<string>(), reads: 0 };
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

const answer = (server: ImapServer, command: string): { untagged: string[]; end: string } => {
  const ok = (...untagged: string[]) => ({ untagged, end: 'OK done' });
  const name = /^(?:UID )?\w+/.exec(command.toUpperCase())?.[0] ?? '';
  const uid = Number(/^UID \w+ (\d+)/i.exec(command)?.[1]);
  const mail = server.mails[uid - 1];
  const count = String(server.mails.length);
  switch (name) {
    case 'CAPABILITY':
      return ok('CAPABILITY IMAP4rev1');
    case 'LOGIN':
      server.logins += 1;
      return command.includes(server.password)
        ? ok()
        : { untagged: [], end: 'NO [AUTHENTICATIONFAILED] wrong' };
    case 'LIST':
    case 'LSUB':
      return ok(`${name} () "/" INBOX`);
    case 'SELECT':
      return ok(
        'FLAGS (\\Seen)',
        'OK [PERMANENTFLAGS (\\Seen)] those',
        'OK [UIDVALIDITY 7] valid',
        `${count} EXISTS`,
      );
    case 'UID SEARCH': {
      const unseen = server.mails.flatMap(({ flags }, at) => (flags.has('\\Seen') ? [] : [at + 1]));
      return ok(['SEARCH', ...unseen].join(' '));
    }
    case 'UID FETCH': {
      if (mail === undefined) return ok();
      const size = String(Buffer.byteLength(mail.raw));
      const head = `${String(uid)} FETCH (UID ${String(uid)}`;
      if (!command.includes('BODY')) return ok(`${head} RFC822.SIZE ${size})`);
      mail.reads += 1;
      return ok(`${head} BODY[] {${size}}\r\n${mail.raw})`);
    }
    case 'UID STORE':
      mail?.flags.add('\\Seen');
      return ok(`${String(uid)} FETCH (UID ${String(uid)} FLAGS (\\Seen))`);
    case 'LOGOUT':
      return ok('BYE bye');
    default:
      return ok();
  }
};
