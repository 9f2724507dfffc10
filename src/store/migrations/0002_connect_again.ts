/** A consent may also be for a connection that there is. */
export const connectAgain = `
alter table oauth_attempt add column connection_id text references connection (id);
`;
