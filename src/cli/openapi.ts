import { openApiDocument } from '#api/openapi.ts';
import { version } from '#main.ts';
import type { Input } from './command.ts';
import type { Terminal } from './terminal.ts';

export const printOpenApi = async (_input: Input, terminal: Terminal): Promise<number> => {
  terminal.print(JSON.stringify(openApiDocument(version), null, 2));
  return 0;
};
