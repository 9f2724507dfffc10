import { openCase } from '#connectors/conformance-coding-case.ts';
import { codingConformance } from '#connectors/conformance-coding.ts';
import { createEmulator } from './emulator/index.ts';
import connector from './index.ts';

codingConformance((overrides) => openCase(connector, createEmulator, overrides), {
  unknownId: 'zWve8sgiLJit6isiM',
});
