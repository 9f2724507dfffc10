/** One interview with all that the API tells of it. */
import { isForAts } from '#core/interview/texts.ts';
import type { Foreseen } from '#jobs/foresee-change.ts';
import { capabilitiesOf, type Hub } from '#jobs/hub.ts';
import { mailServer } from '#jobs/interview-scene.ts';
import { findConnection } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { aboutInterviews } from '#store/interview-about.ts';
import { conflictsOf } from '#store/interview-conflicts.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { rsvpsOf } from '#store/invites.ts';
import { presentConflict, presentInterview } from './present/interview.ts';
import { outsideOf } from './show-outside.ts';

export const showInterview = async (
  hub: Hub,
  db: Executor,
  row: InterviewRow,
  foreseen: Foreseen | null = null,
) => {
  const server = await mailServer(hub, db);
  const about = await aboutInterviews(db, [row.id]);
  return {
    ...presentInterview(row, about.get(row.id), await rsvpsOf(db, [row.id]), hub.tracksReplies),
    foreseen,
    texts: row.plan.texts,
    conflicts: (await conflictsOf(db, row.id, hub.now())).map(presentConflict),
    ...(await outsideOf(hub, db, [row]))(row),
    ats: {
      takesInterviews: await takesInterviews(hub, db, row),
      concerned: row.plan.events.some(isForAts),
    },
    mail:
      server === null
        ? 'No mail server is connected: messages are kept in the outbox and nothing is sent.'
        : `Sent by ${server.name}.`,
  };
};

/** A connection that was removed takes nothing. */
const takesInterviews = async (hub: Hub, db: Executor, row: InterviewRow): Promise<boolean> => {
  const connection = await findConnection(db, row.connection_id).catch(() => null);
  return connection !== null && capabilitiesOf(hub, connection).ats?.interviews !== undefined;
};
