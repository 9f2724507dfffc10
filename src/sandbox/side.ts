/** What a hub that is pointed at a sandbox is told of it. */
import type { SandboxSide } from '#api/context.ts';
import type { Connector } from '#connectors/contract.ts';
import { describeSettings } from '#connectors/settings.ts';
import type { Sandbox } from './sandbox.ts';

/** The settings of each vendor that lead to it; keys stay on the vendors' pages. */
export const sandboxSide = (
  { url, emulators }: Pick<Sandbox, 'url' | 'emulators'>,
  connectors: ReadonlyMap<string, Pick<Connector, 'settings'>>,
): SandboxSide => ({
  url,
  places: new Map(
    [...emulators].map(([id, emulator]) => {
      const fields = connectors.get(id);
      const open = new Set(
        (fields ? describeSettings(fields.settings) : [])
          .filter(({ secret }) => !secret)
          .map(({ name }) => name),
      );
      const given = Object.entries(emulator.credentials());
      return [id, Object.fromEntries(given.filter(([name]) => open.has(name)))] as const;
    }),
  ),
});
