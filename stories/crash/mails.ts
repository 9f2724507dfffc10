/**
 * What the mail server got while the hub died and came back. A mail whose answer was lost comes again,
 * the same to the byte; one that the ledger has as sent never does.
 */
import assert from 'node:assert/strict';
import type { MailMessage } from '#connectors/contract.ts';
import type { Rig } from './rig.ts';

export interface MailWatch {
  /** The server takes the next mail to Alan and never answers; tells when it has it. */
  leaveUnanswered(): () => boolean;
  /** While no hub runs: notes what the ledger has as sent. */
  atDeath(): Promise<void>;
  verify(): void;
  /** Each reader's entry was taken back once, and they have one from another sender. */
  verifyReplaced(): void;
  /** That which was left unanswered came once more; besides it only what was under way to Alan, too. */
  verifyRepeated(): void;
}

const alan = 'alan.turing@example.com';

/** Whom it is for, and what makes it this version of this entry. */
const saysOf = ({ to, calendar }: { to: string; calendar: string }): string => {
  const values = ['METHOD', 'UID', 'SEQUENCE'].map((name) => {
    const value = new RegExp(`^${name}:(.+)$`, 'm').exec(calendar.replaceAll('\r\n ', ''))?.[1];
    assert.ok(value, `${name} of the mail to ${to}`);
    return value.trim();
  });
  return [to, ...values].join(' ');
};

/** Watches all mails but those of `before`, by their Message-IDs. */
export const watchMails = (rig: Rig, before: ReadonlySet<string>): MailWatch => {
  const sentAtDeath = new Set<string>();
  const arrived = () =>
    rig.sandbox.mailbox.list().flatMap(({ to, raw = '', calendar = '' }) => {
      const messageId = /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? '';
      return messageId === '' || before.has(messageId) ? [] : [{ to, raw, messageId, calendar }];
    });
  const toAlan = () => arrived().filter(({ to }) => to === alan);
  return {
    leaveUnanswered() {
      const there = toAlan().length;
      rig.emulator('smtp').faults.push({ kind: 'hang_after', match: `DATA /${alan}`, times: 1 });
      return () => toAlan().length > there;
    },
    async atDeath() {
      const rows = await rig.db
        .selectFrom('mail')
        .select('message')
        .where('state', '=', 'sent')
        .execute();
      for (const { message } of rows) sentAtDeath.add((message as MailMessage).messageId);
    },
    verify() {
      const byId = Map.groupBy(arrived(), ({ messageId }) => messageId);
      for (const [messageId, [first, ...again]] of byId) {
        assert.ok(
          again.every(({ raw }) => raw === first?.raw),
          'the same bytes again',
        );
        assert.ok(
          again.length <= (sentAtDeath.has(messageId) ? 0 : 1),
          'no more often than needed',
        );
      }
      const said = [...byId.values()].flatMap(([mail]) => (mail ? [saysOf(mail)] : []));
      assert.equal(new Set(said).size, said.length, 'nobody is told the same by two messages');
    },
    verifyReplaced() {
      const byReader = Map.groupBy(new Set(arrived().map(saysOf)), (said) => said.split(' ')[0]);
      for (const [reader, said] of byReader) {
        const entriesOf = (method: string): Array<string | undefined> =>
          said.flatMap((one) => (one.includes(` ${method} `) ? [one.split(' ')[2]] : []));
        const [off, ...others] = entriesOf('CANCEL');
        assert.ok(off, reader);
        assert.deepEqual(others, [], reader);
        assert.equal(new Set(entriesOf('REQUEST').filter((uid) => uid !== off)).size, 1, reader);
      }
    },
    verifyRepeated() {
      const mails = toAlan();
      const distinct = new Set(mails.map(({ messageId }) => messageId));
      assert.ok(mails.length > distinct.size, 'one came twice');
    },
  };
};
