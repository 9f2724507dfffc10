/** The demo's key to the hub's API, kept so that a second start goes on with it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findByKey, insertApiKey } from '#store/api-keys.ts';
import type { Database } from '#store/database.ts';

const fileName = 'demo-api-key';

export const demoKey = async (
  db: Database,
  dataDir: string,
): Promise<{ key: string; file: string; found: boolean }> => {
  const file = join(dataDir, fileName);
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept !== '' && (await findByKey(db, kept))) return { key: kept, file, found: true };
  const { key } = await insertApiKey(db, { name: 'Demo', role: 'super_admin', email: null });
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  return { key, file, found: false };
};
