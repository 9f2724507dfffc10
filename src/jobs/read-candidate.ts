/**
 * A candidate by its id in the hub or in the ATS; one that the hub has never seen, or not of late, is
 * read now: what is planned for somebody has the name and address of today.
 */
import { ConnectorError } from '#connectors/contract.ts';
import { invalid } from '#core/errors.ts';
import {
  findByRemoteId,
  findCandidate,
  upsertCandidate,
  type CandidateRow,
} from '#store/candidates.ts';
import { findConnection, type ConnectionRow } from '#store/connections.ts';
import type { Hub } from './hub.ts';

/** Milliseconds; webhooks keep most rows younger than that anyway. */
const fresh = 60_000;

/** While the ATS is away, what was known before has to do. */
const readAgain = async (
  hub: Hub,
  connection: ConnectionRow,
  known: CandidateRow,
): Promise<CandidateRow> => {
  try {
    const { ats } = await hub.open(connection);
    const candidate = await ats?.candidate(known.remote_id);
    return candidate ? await upsertCandidate(hub.db, connection.id, candidate, hub.now()) : known;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    hub.log.warn({ connection: connection.id, kind: thrown.kind }, thrown.message);
    return known;
  }
};

export const readCandidate = async (
  hub: Hub,
  connectionId: string,
  id: string,
): Promise<CandidateRow> => {
  const connection = await findConnection(hub.db, connectionId);
  const known = id.startsWith('cd_')
    ? await findCandidate(hub.db, id)
    : await findByRemoteId(hub.db, connectionId, id);
  if (known?.connection_id === connectionId && !known.gone) {
    const isOld = hub.now() - known.refreshed_at > fresh && connection.state === 'active';
    return isOld ? readAgain(hub, connection, known) : known;
  }
  const { ats } = await hub.open(connection);
  const candidate = known ? null : await ats?.candidate(id);
  if (candidate) return upsertCandidate(hub.db, connectionId, candidate, hub.now());
  throw invalid(
    'candidate_unknown',
    `interview: the ATS has no candidate ${id} that this key may see. Check the id.`,
    'candidateId',
  );
};
