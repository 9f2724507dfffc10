/** A candidate by its id in the hub or in the ATS; one that the hub has never seen is read now. */
import { invalid } from '#core/errors.ts';
import {
  findByRemoteId,
  findCandidate,
  upsertCandidate,
  type CandidateRow,
} from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import type { Hub } from './hub.ts';

export const readCandidate = async (
  hub: Hub,
  connectionId: string,
  id: string,
): Promise<CandidateRow> => {
  const connection = await findConnection(hub.db, connectionId);
  const known = id.startsWith('cd_')
    ? await findCandidate(hub.db, id)
    : await findByRemoteId(hub.db, connectionId, id);
  if (known?.connection_id === connectionId && !known.gone) return known;
  const { ats } = await hub.open(connection);
  const candidate = known ? null : await ats?.candidate(id);
  if (candidate) return upsertCandidate(hub.db, connectionId, candidate, hub.now());
  throw invalid(
    'candidate_unknown',
    `interview: the ATS has no candidate ${id} that this key may see. Check the id.`,
    'candidateId',
  );
};
