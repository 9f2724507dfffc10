/**
 * The organizer of an interview's invites is the mail server's sender. Calendars know no change of an
 * organizer (RFC 5546), so another sender means: every entry is taken back in the name of the one
 * before and made again. That follows by itself once the interview counts another organizer.
 */
import { stands } from '#core/interview/model.ts';
import { findCompany } from '#store/company.ts';
import type { Executor } from '#store/database.ts';
import { addOrganizer, findInvited, type InterviewRow } from '#store/interviews.ts';
import type { Connector } from '#connectors/contract.ts';
import { mailServer, organizerOf } from './interview-scene.ts';
import type { Hub } from './hub.ts';

/** Counts the sender of now. Without a server the one before stays: nobody could be told. */
export const countOrganizer = async (
  hub: Hub,
  tx: Executor,
  interview: InterviewRow,
): Promise<InterviewRow> => {
  if (!stands(interview.state)) return interview;
  const server = await mailServer(hub, tx);
  if (server === null) return interview;
  const { address } = organizerOf(await findCompany(tx), server);
  const last = interview.organizers.at(-1);
  const isSame = last?.toLowerCase() === address.toLowerCase();
  return isSame ? interview : addOrganizer(tx, interview.id, address);
};

/** A mail server was connected, changed or disconnected: whoever has an invite hears of another sender at once. */
export const followSender = async (hub: Hub, tx: Executor, { role }: Connector): Promise<void> => {
  if (role !== 'mail') return;
  const interviews = await findInvited(tx);
  await hub.queue.sendMany(
    tx,
    'reconcile-interview',
    interviews.map((interviewId) => ({ interviewId })),
  );
};
