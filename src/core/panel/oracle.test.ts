/** The solver against brute force: whatever it says of a small panel is the truth. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { terms, type Panel, type Score, type Term } from './model.ts';
import { solve } from './solve.ts';
import { checkSchedule, compareScores } from './testing-check.ts';
import { bruteForce, type Found } from './testing-oracle.ts';
import { randomPanel, zonesAndDays } from './testing-panels.ts';

const instances = 1_100;
const wanted = 5;

const scoresOf = (list: ReadonlyArray<{ score: Score }>): string =>
  JSON.stringify(list.map(({ score }) => score));

/** What is wrong with the solver's answer; the oracle is held against the checker as well. */
const faultsOf = (panel: Panel, found: readonly Found[]): string[] => {
  const { schedules, proof } = solve(panel, { schedules: wanted });
  const faults = [
    ...found.flatMap((one) => checkSchedule(panel, { ...one, compromises: [] }).map((fault) => `oracle: ${fault}`)),
    ...schedules.flatMap((one, at) => checkSchedule(panel, one).map((fault) => `${String(at)}: ${fault}`)),
  ];
  if (proof !== 'optimal') faults.push('nothing is proven');
  const same =
    schedules.length === found.length &&
    found.every((one, at) => {
      const other = schedules[at];
      return other && compareScores(panel, one.score, other.score) === 0 && other.events[0]?.start === one.start;
    });
  if (!same) faults.push(`expected ${scoresOf(found)}, not ${scoresOf(schedules)}`);
  return faults;
}; // prettier-ignore

test('the solver finds what brute force finds, and every schedule keeps every rule', (t) => {
  const faults: string[] = [];
  const counted = new Map<Term, number>(terms.map((term) => [term, 0]));
  const zones = new Set<string>();
  let impossible = 0;
  for (let seed = 1; seed <= instances; seed += 1) {
    const panel = randomPanel(seed);
    const found = bruteForce(panel, wanted);
    faults.push(...faultsOf(panel, found).map((fault) => `seed ${String(seed)}: ${fault}`));
    zones.add(panel.zone);
    if (found.length === 0) impossible += 1;
    for (const term of terms)
      if (found.some(({ score }) => score[term] > 0)) counted.set(term, (counted.get(term) ?? 0) + 1);
  }
  assert.deepEqual(faults.slice(0, 20), [], `${String(faults.length)} faults`);

  // The panels are worth the trouble: all zones, every term, possible ones and impossible ones.
  t.diagnostic(`${String(impossible)} impossible, ${JSON.stringify(Object.fromEntries(counted))}`);
  assert.equal(zones.size, Object.keys(zonesAndDays).length);
  for (const [term, times] of counted) assert.ok(times >= 10, `${term} counts in ${String(times)} panels`);
  assert.ok(impossible > instances / 5 && impossible < instances * 0.6, `${String(impossible)} are impossible`);
}); // prettier-ignore
