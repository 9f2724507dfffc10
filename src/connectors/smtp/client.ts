/** One message over one guarded connection; what the server refused is told in plain words. */
import type { createTransport } from 'nodemailer';
import {
  ConnectorError,
  type ConnectorErrorKind,
  type Link,
  type Mail,
} from '#connectors/contract.ts';
import { toBytes } from './mapping.ts';

export interface SmtpSettings {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  user: string;
  password?: string | undefined;
  fromAddress: string;
  fromName: string;
}

export type SmtpLink = Link<SmtpSettings>;

/** Milliseconds for the greeting, and of silence in between. */
const patience = 10_000;
/** Milliseconds for the whole exchange. */
const atMost = 18_000;

/** Names that can only mean this machine or a private network. */
const isNear = (host: string): boolean =>
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1\]?$|\[?f[cd])/i.test(host) ||
  /\.(internal|local|lan)$|^[^.:]+$/i.test(host);

type Transport = ReturnType<typeof createTransport>;

/** Opens a connection, hands it to `work`, and closes it whatever happens. */
export const withServer = async <T>(
  link: SmtpLink,
  operation: string,
  work: (transport: Transport) => Promise<T>,
): Promise<T> => {
  const { host, port, security, user, password } = link.settings;
  if (security === 'none' && !isNear(host))
    throw failure(operation, {
      kind: 'rejected',
      surelyNotDone: true,
      text: 'was not begun: without encryption the password and every mail could be read on the way. Choose tls or starttls.',
    });
  const socket = await link.dial({ operation, host, port });
  const late = AbortSignal.timeout(atMost);
  late.addEventListener('abort', () => socket.destroy());
  const nodemailer = await import('nodemailer');
  const transport = nodemailer.createTransport({
    // The certificate has to hold for it; an address stands there without the brackets of a URL.
    host: host.replace(/^\[|\]$/g, ''),
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
    greetingTimeout: patience,
    socketTimeout: patience,
    getSocket: (_options, callback) => {
      callback(null, { connection: socket });
    },
  });
  try {
    return await work(transport);
  } catch (thrown) {
    throw failureOf(operation, thrown);
  } finally {
    transport.close();
    socket.destroy();
  }
};

export const connectMail = (link: SmtpLink): Mail => ({
  async send(message) {
    const raw = await toBytes(message);
    const envelope = { from: message.from.address, to: [message.to.address] };
    await withServer(link, 'SEND', (transport) => transport.sendMail({ envelope, raw }));
    return { accepted: message.messageId };
  },
});

interface Told {
  kind: ConnectorErrorKind;
  text: string;
  surelyNotDone: boolean;
}

/** The server's own sentence may hold the address and stays unread; its code says enough. */
const failureOf = (operation: string, thrown: unknown): ConnectorError => {
  const { code, command, responseCode } = (thrown ?? {}) as {
    code?: string;
    command?: string;
    responseCode?: number;
  };
  return failure(operation, toldBy(code ?? '', command ?? '', responseCode ?? 0), responseCode);
};

const failure = (
  operation: string,
  { kind, text, surelyNotDone }: Told,
  status?: number,
): ConnectorError =>
  new ConnectorError({
    connector: 'smtp',
    operation,
    kind,
    surelyNotDone,
    message: `smtp: ${operation} ${text}`,
    ...(status === undefined ? {} : { status }),
  });

const unsafe: Told = {
  kind: 'unreachable',
  surelyNotDone: true,
  text: 'found no safe connection: the server offers no encryption here, or its certificate is not valid. Check host, port and encryption.',
};

const toldBy = (code: string, command: string, status: number): Told => {
  const named = String(status);
  if (status >= 400 && status < 500)
    return {
      kind: 'unreachable',
      surelyNotDone: true,
      text: `was put off by the server (${named}). The hub tries again by itself.`,
    };
  if (command === 'STARTTLS') return unsafe;
  if (
    command.startsWith('AUTH') ||
    [530, 534, 535].includes(status) ||
    code === 'EAUTH' ||
    code === 'ENOAUTH'
  )
    return {
      kind: 'unauthorized',
      surelyNotDone: true,
      text: `was refused: the server does not take this user and password${status === 0 ? '' : ` (${named})`}. Correct them in the settings.`,
    };
  if (status >= 500 && (command === 'RCPT TO' || command === 'DATA'))
    return {
      kind: 'rejected',
      surelyNotDone: true,
      text: `was refused for good (${named}). Check the address of the recipient.`,
    };
  if (status >= 500)
    return {
      kind: 'forbidden',
      surelyNotDone: true,
      text: `was refused by the server (${named}, at ${command || 'the greeting'}). Check the sender’s address and what the account may send.`,
    };
  if (code === 'ETLS' || code.startsWith('ERR_TLS') || code.includes('CERT') || code === 'ESOCKET')
    return unsafe;
  return {
    kind: 'unreachable',
    surelyNotDone: false,
    text: 'broke off before the server confirmed it. The hub sends the same message again.',
  };
};
