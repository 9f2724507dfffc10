/** Why the mailbox for replies cannot be read, as a code and in words that hold no secret. */

export const mailboxFaults = [
  'login_refused',
  'mailbox_missing',
  'unsafe',
  'too_slow',
  'unreachable',
] as const;

export type MailboxFault = (typeof mailboxFaults)[number];

export const isMailboxFault = (text: string | null): text is MailboxFault =>
  mailboxFaults.some((fault) => fault === text);

export const mailboxFaultTexts: Readonly<Record<MailboxFault, string>> = {
  login_refused:
    'the mailbox for replies refuses the login. Check LOOPWRIGHT_IMAP_URL and LOOPWRIGHT_IMAP_PASSWORD; the hub tries again by itself.',
  mailbox_missing:
    'the mailbox for replies has no such folder. Check LOOPWRIGHT_IMAP_MAILBOX; the hub tries again by itself.',
  unsafe:
    'the mailbox for replies has no safe connection: the server offers no encryption, or its certificate is not valid. Check LOOPWRIGHT_IMAP_URL; the hub tries again by itself and never without encryption.',
  too_slow:
    'the mailbox for replies answers too slowly: a look did not end in time. What was read counts, and the hub goes on there by itself.',
  unreachable:
    'the mailbox for replies cannot be read. Check LOOPWRIGHT_IMAP_URL and whether the server runs; the hub tries again by itself.',
};

/** The mailbox failed, not the hub or its database. */
export class MailboxUnwell extends Error {
  readonly fault: MailboxFault;
  /** The library's own code: `ECONNREFUSED`, say. */
  readonly reason: string;

  constructor(fault: MailboxFault, cause: unknown) {
    super(mailboxFaultTexts[fault], { cause });
    this.name = 'MailboxUnwell';
    this.fault = fault;
    this.reason = reasonOf(cause);
  }
}

export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';

export const mailboxFaultOf = (thrown: unknown): MailboxFault => {
  const {
    authenticationFailed,
    mailboxMissing,
    tlsFailed,
    code = '',
  } = (thrown ?? {}) as Partial<Record<string, unknown>>;
  if (authenticationFailed === true) return 'login_refused';
  if (mailboxMissing === true) return 'mailbox_missing';
  if (tlsFailed === true || /CERT|SIGNATURE|ERR_TLS|ERR_SSL|^EPROTO$/.test(String(code)))
    return 'unsafe';
  return 'unreachable';
};
