import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { listenForStop } from './signals.ts';

const listen = (t: TestContext) => {
  const exits: number[] = [];
  const timers: Array<() => void> = [];
  const stop = listenForStop(
    (code) => exits.push(code),
    (work) => timers.push(work),
  );
  t.after(() => {
    stop.release();
  });
  const wait = (): void => {
    for (const work of timers.splice(0)) work();
  };
  return { exits, stop, wait };
};

test('asks for the stop at the first signal', async (t) => {
  const { exits, stop } = listen(t);
  process.emit('SIGTERM', 'SIGTERM');
  assert.equal(await stop.asked, 'SIGTERM');
  assert.deepEqual(exits, []);
});

test('takes the echo of a signal for the same wish', (t) => {
  const { exits } = listen(t);
  process.emit('SIGINT', 'SIGINT');
  process.emit('SIGINT', 'SIGINT');
  assert.deepEqual(exits, []);
});

test('exits at once on a second signal after that', (t) => {
  const { exits, wait } = listen(t);
  process.emit('SIGINT', 'SIGINT');
  wait();
  process.emit('SIGTERM', 'SIGTERM');
  assert.deepEqual(exits, [143]);
});
