/** A test that an interview's text names: invited without a mail of the vendor's, for the invite brings it. */
import type { TestContent } from '#core/interview/want.ts';
import type { Capabilities } from '#connectors/contract.ts';
import { closeAssessment } from '#store/assessments.ts';
import type { CandidateRow } from '#store/candidates.ts';
import { connectionOf } from '#store/effects.ts';
import type { Hub } from './hub.ts';
import { awaitResult } from './perform-effects.ts';
import { callbackUrlOf } from './subscribe-webhooks.ts';
import { done, lacks, type Act } from './thing-act.ts';
import { noAddress, type Done } from './requests.ts';

export const performTest = async (
  hub: Hub,
  { row }: Act,
  vendor: Capabilities,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const { assessments } = vendor;
  if (!assessments) return lacks('tests');
  if (row.act === 'remove') {
    // What was never told to have been made is looked up: perhaps it was.
    const id = row.stands === null ? (await assessments.find(row.ref))?.id : row.remote_id;
    const outcome = id ? await assessments.cancel(id) : 'gone';
    const text =
      outcome === 'too_late'
        ? 'The candidate had begun the test; its result still comes.'
        : 'The invitation to the test was taken back.';
    return {
      ...done(text),
      follow: (tx) => (outcome === 'too_late' ? Promise.resolve() : closeAssessment(tx, row.id)),
    };
  }
  if (row.act === 'update') return done('The test stays as it is.');
  const { testId } = row.request as TestContent;
  const earlier = triedBefore ? await assessments.find(row.ref) : null;
  if (!earlier && candidate.email === null)
    return { outcome: { state: 'waiting', text: noAddress } };
  const invited =
    earlier ??
    (await assessments.invite({
      ref: row.ref,
      testId,
      candidate: { name: candidate.name, email: candidate.email ?? '' },
      mail: 'none',
      callbackUrl: await callbackUrlOf(hub, connectionOf(row)),
    }));
  return {
    ...done(madeText(earlier !== null, assessments.canKeepQuiet), {
      remoteId: invited.id,
      remoteUrl: invited.url,
    }),
    follow: (tx) => awaitResult(hub, tx, row, candidate, invited),
  };
};

const madeText = (wasThere: boolean, isQuiet: boolean): string => {
  if (wasThere) return 'Found at the platform: it had been made.';
  return isQuiet
    ? 'The test was prepared; the invite brings its link.'
    : 'The test was prepared. This platform may mail the candidate by itself as well.';
};
