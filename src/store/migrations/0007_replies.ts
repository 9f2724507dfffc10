/** An answer counts for the times that it was given to: which number of an invite changed them last. */
export const replies = `
alter table invite add column times text not null default '';
alter table invite add column times_sequence integer not null default 0;
`;
