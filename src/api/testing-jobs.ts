/** Candidacies of a job that is somebody's own and of one that is not, each with a test that failed. */
import { insertAssessment } from '#store/assessments.ts';
import { upsertCandidate } from '#store/candidates.ts';
import { replaceChoices } from '#store/choices.ts';
import { insertConnection } from '#store/connections.ts';
import type { Hub } from '#jobs/hub.ts';
import { ensureEffect } from '#store/effects.ts';
import { insertRule } from '#store/rules.ts';
import { applicant } from '#store/testing-candidate.ts';

/** `owner`: the address that stands on the team of the one job. */
export const seedJobs = async ({ db, now }: Pick<Hub, 'db' | 'now'>, owner: string) => {
  const base = { settings: {}, requestsPerSecond: null };
  const ats = await insertConnection(db, { connector: 'lever', name: 'ATS', ...base });
  const platform = await insertConnection(db, { connector: 'codingame', name: 'Tests', ...base });
  const job = (id: string, team: string[]) => ({ id, name: id, detail: { open: true, team } });
  await replaceChoices(
    db,
    ats.id,
    'job',
    [job('mine', [owner]), job('theirs', ['x@example.com'])],
    now(),
  );
  const candidate = async (name: string, jobId: string) => {
    const own = { remoteId: `remote-${name}`, personId: name, name, jobId };
    const facts = { ...applicant, ...own, email: `${name}@example.com` };
    const row = await upsertCandidate(db, ats.id, facts, now());
    const { row: effect } = await ensureEffect(db, {
      key: `candidate/${row.id}/assessment/p/t`,
      kind: 'assessment',
      state: 'failed',
      candidateId: row.id,
      connectionId: platform.id,
      ruleId: null,
      parentId: null,
      request: {},
    });
    await insertAssessment(db, {
      effectId: effect.id,
      candidateId: row.id,
      connectionId: platform.id,
      remoteId: name,
      url: '',
      reportUrl: null,
      testId: 't',
      testName: 'T',
      nextPollAt: now(),
    });
    return { candidate: row.id, effect: effect.id };
  };
  const own = await candidate('own', 'mine');
  const foreign = await candidate('foreign', 'theirs');
  const rule = await insertRule(
    db,
    {
      name: 'r',
      connectionId: ats.id,
      stageIds: ['s'],
      tag: null,
      jobId: null,
      action: 'assessment',
      platformId: platform.id,
      testId: 't',
      repeats: false,
    },
    null,
  );
  return {
    own: own.candidate,
    foreign: foreign.candidate,
    ownEffect: own.effect,
    foreignEffect: foreign.effect,
    rule: rule.id,
  };
};
