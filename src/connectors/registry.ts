/** The vendor folders. A folder with an `index.ts` is a connector; nothing else needs an edit. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Connector } from '#connectors/contract.ts';

/** Folder names, which are the connectors' ids, in alphabetical order. */
export const connectorIds: readonly string[] = readdirSync(
  fileURLToPath(new URL('.', import.meta.url)),
  { withFileTypes: true },
)
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export const loadConnectors = async (): Promise<ReadonlyMap<string, Connector>> => {
  const loaded = await Promise.all(
    connectorIds.map(async (id) => {
      const module = (await import(`#connectors/${id}/index.ts`)) as { default: Connector };
      return [id, module.default] as const;
    }),
  );
  return new Map(loaded);
};
