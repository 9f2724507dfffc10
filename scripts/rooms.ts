/**
 * Who may import whom, as data: the table of `ARCHITECTURE.md`. `house.test.ts` holds the tree against it,
 * `lint.test.ts` holds ESLint's configuration against it.
 */

/** `contract` and `settings` are for everybody; `kit` is for emulators; `http` is handed in. */
export type Room =
  | 'core' | 'contract' | 'kit' | 'http' | 'registry' | 'vendor'
  | 'store' | 'jobs' | 'api' | 'sandbox' | 'cli' | 'main' | 'config' | 'web'; // prettier-ignore

export const everyRoom: readonly Room[] = [
  'core', 'contract', 'kit', 'http', 'registry', 'vendor',
  'store', 'jobs', 'api', 'sandbox', 'cli', 'main', 'config', 'web',
]; // prettier-ignore

const allOfTheHub = everyRoom.filter((room) => room !== 'web');

export const mayImport: Record<Room, readonly Room[]> = {
  core: [],
  contract: ['core'],
  kit: ['core', 'contract', 'http'],
  http: ['core', 'contract'],
  registry: ['core', 'contract', 'kit', 'http', 'vendor'],
  vendor: ['core', 'contract', 'kit', 'http'],
  store: ['core'],
  jobs: ['core', 'contract', 'store'],
  api: ['core', 'contract', 'store', 'jobs'],
  sandbox: allOfTheHub,
  cli: allOfTheHub,
  main: allOfTheHub,
  config: ['core'],
  // The API reaches it as types alone, made from docs/openapi.json.
  web: [],
};

/** Of these a room may import types, never code. */
export const typesOnly: Partial<Record<Room, readonly Room[]>> = { vendor: ['http'] };
