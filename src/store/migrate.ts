/** Numbered, forward-only migrations. Each runs in a transaction of its own with its log row. */
import { sql } from 'kysely';
import pg from 'pg';
import { LoopwrightError } from '#core/errors.ts';
import type { Executor } from './database.ts';
import { foundation } from './migrations/0001_foundation.ts';
import { connectAgain } from './migrations/0002_connect_again.ts';
import { scheduling } from './migrations/0003_scheduling.ts';
import { linkPool } from './migrations/0004_link_pool.ts';
import { leftBehind } from './migrations/0005_left_behind.ts';
import { mailAddress } from './migrations/0006_mail_address.ts';
import { replies } from './migrations/0007_replies.ts';
import { scheduleLink } from './migrations/0008_schedule_link.ts';
import { replyMailbox } from './migrations/0009_reply_mailbox.ts';
import { panel } from './migrations/0010_panel.ts';
import { signIn } from './migrations/0012_sign_in.ts';
import { changes } from './migrations/0014_changes.ts';
import { candidateProfile } from './migrations/0016_candidate_profile.ts';
import { organizers } from './migrations/0017_organizers.ts';
import { personWords } from './migrations/0018_person_words.ts';
import { sendAt } from './migrations/0020_send_at.ts';
import { choicesAnnounced } from './migrations/0022_choices_announced.ts';
import { calendarFeed } from './migrations/0023_calendar_feed.ts';
import { attention } from './migrations/0024_attention.ts';
import { versions } from './migrations/0026_versions.ts';
import { deadlines } from './migrations/0028_deadlines.ts';
import { moreVersions } from './migrations/0030_more_versions.ts';
import { candidateKey } from './migrations/0032_candidate_key.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
}

export const migrations: readonly Migration[] = [
  { number: 1, name: 'foundation', sql: foundation },
  { number: 2, name: 'connect_again', sql: connectAgain },
  { number: 3, name: 'scheduling', sql: scheduling },
  { number: 4, name: 'link_pool', sql: linkPool },
  { number: 5, name: 'left_behind', sql: leftBehind },
  { number: 6, name: 'mail_address', sql: mailAddress },
  { number: 7, name: 'replies', sql: replies },
  { number: 8, name: 'schedule_link', sql: scheduleLink },
  { number: 9, name: 'reply_mailbox', sql: replyMailbox },
  { number: 10, name: 'panel', sql: panel },
  { number: 12, name: 'sign_in', sql: signIn },
  { number: 14, name: 'changes', sql: changes },
  { number: 16, name: 'candidate_profile', sql: candidateProfile },
  { number: 17, name: 'organizers', sql: organizers },
  { number: 18, name: 'person_words', sql: personWords },
  { number: 20, name: 'send_at', sql: sendAt },
  { number: 22, name: 'choices_announced', sql: choicesAnnounced },
  { number: 23, name: 'calendar_feed', sql: calendarFeed },
  { number: 24, name: 'attention', sql: attention },
  { number: 26, name: 'versions', sql: versions },
  { number: 28, name: 'deadlines', sql: deadlines },
  { number: 30, name: 'more_versions', sql: moreVersions },
  { number: 32, name: 'candidate_key', sql: candidateKey },
];

/** Any number will do, as long as nobody else uses it for another purpose. */
const migrationLock = 727_001;

/**
 * Brings the database to this version and returns the numbers applied now. Several processes may
 * call it at once: one works, the others wait. A process killed half way leaves whole migrations
 * behind, never a part of one. Throws `database_newer` when the database was made by a later version.
 */
export const migrate = async (url: string, steps = migrations): Promise<number[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(
      `create table if not exists schema_migration (
         number integer primary key, name text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ number: number }>('select number from schema_migration');
    const done = new Set(rows.map((row) => row.number));
    const newest = steps.at(-1)?.number ?? 0;
    const later = [...done].find((number) => number > newest);
    if (later !== undefined) {
      throw new LoopwrightError(
        'database_newer',
        500,
        `migrate: the database is at version ${String(later)}, this Loopwright knows ${String(newest)}. Install the newer Loopwright, or restore a backup made by this one.`,
      );
    }
    const applied: number[] = [];
    for (const step of steps) {
      if (done.has(step.number)) continue;
      await client.query('begin');
      await client.query(step.sql);
      await client.query('insert into schema_migration (number, name) values ($1, $2)', [
        step.number,
        step.name,
      ]);
      await client.query('commit');
      applied.push(step.number);
    }
    return applied;
  } finally {
    await client.end();
  }
};

/** Numbers of the steps that this version knows and the database has not seen. */
export const pendingMigrations = async (db: Executor): Promise<number[]> => {
  const { rows } = await sql<{ number: number }>`select number from schema_migration`.execute(db);
  const done = new Set(rows.map((row) => row.number));
  return migrations.flatMap(({ number }) => (done.has(number) ? [] : [number]));
};
