/** Addresses of webhooks that only a person can delete at the vendor, since the public one changed. */
export const leftBehind = `
alter table webhook add column left_behind text[] not null default '{}';
`;
