/** A sandbox in a process of its own, for a test that kills it: `node testing-child.ts FOLDER`. */
import { startSandbox } from './sandbox.ts';

const { url } = await startSandbox({
  port: 0,
  candidates: 5,
  seed: 1,
  rate: 0,
  allowHttpLoopback: true,
  stateDir: process.argv[2] ?? '',
  log: () => undefined,
});
process.stdout.write(`${url}\n`);
