/** The company's own facts and its layer of settings: one row, empty until somebody says something. */
import { sql } from 'kysely';
import type { Company } from '#core/interview/layers.ts';
import type { Executor } from './database.ts';

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

export const findCompany = async (db: Executor): Promise<Company> => {
  const row = await db.selectFrom('company').select('layer').executeTakeFirst();
  return { ...nameless, ...(row?.layer as Partial<Company> | undefined) };
};

export const saveCompany = async (tx: Executor, company: Company): Promise<void> => {
  const layer = JSON.stringify(company);
  await tx
    .insertInto('company')
    .values({ layer })
    .onConflict((conflict) =>
      conflict.column('only_row').doUpdateSet({ layer, updated_at: sql<Date>`now()` }),
    )
    .execute();
};
