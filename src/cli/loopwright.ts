/** The command line's first file: runs when it is loaded. */
import { readFileSync } from 'node:fs';
import { runCommand } from './run.ts';
import { terminal } from './terminal.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const code = await runCommand(process.argv.slice(2), { terminal, version: manifest.version });
// Whatever a command left open must not keep the process; what it printed must get out first.
process.stdout.write('', () => process.exit(code));
