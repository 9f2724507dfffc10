/**
 * A candidate's id is made of the connection and of the id there, so one unique key is enough. With two,
 * of several who read a newcomer at the same moment all but the first could be refused: `on conflict`
 * settles one key alone.
 */
export const candidateKey = `
alter table candidate drop constraint candidate_connection_id_remote_id_key;
create index candidate_remote on candidate (connection_id, remote_id);`;
