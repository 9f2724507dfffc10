/** What texts may say of a candidate beside name and address. */
export const candidateProfile = `
alter table candidate add column profile jsonb not null default '{}';
`;
