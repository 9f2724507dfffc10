/** The company's own facts and its layer of settings: one row, empty until somebody says something. */
import type { Company } from '#core/interview/layers.ts';
import type { Executor } from './database.ts';
import { changedNow } from './version.ts';

const nameless: Company = {
  name: '',
  website: '',
  phone: '',
  careersLink: '',
  places: [],
  organizer: null,
  undoSeconds: 10,
  linksOpenMinutes: null,
  layer: {},
};

export type StoredCompany = Company & { version: number };

const stored = (db: Executor) => db.selectFrom('company').select(['layer', 'version']);

const toCompany = (row: { layer: unknown; version: number } | undefined): StoredCompany => ({
  ...nameless,
  ...(row?.layer as Partial<Company> | undefined),
  version: row?.version ?? 0,
});

export const findCompany = async (db: Executor): Promise<StoredCompany> =>
  toCompany(await stored(db).executeTakeFirst());

/** The same, kept as it is until the transaction ends; others may keep it, too. */
export const keepCompany = async (tx: Executor): Promise<StoredCompany> =>
  toCompany(await stored(tx).forShare().executeTakeFirst());

/** Until the transaction ends, nobody else changes it; answers with its version. */
export const lockCompany = async (tx: Executor): Promise<number> => {
  const row = await tx
    .insertInto('company')
    .values({ layer: '{}', version: 0 })
    .onConflict((conflict) =>
      // Changes nothing: a row that is there has to be held, too.
      conflict.column('only_row').doUpdateSet({ only_row: true }),
    )
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
};

/** The caller holds the lock; answers with the new version. */
export const saveCompany = async (tx: Executor, company: Company): Promise<number> => {
  const row = await tx
    .updateTable('company')
    .set({ layer: JSON.stringify(company), ...changedNow })
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
};
