/** Pasted links, each given to one thing and never again, whichever connection holds it. */
export const linkPool = `
create table pooled_link (
  url text primary key,
  connection_id text not null references connection on delete cascade,
  ref text not null,
  taken_at timestamptz not null default now(),
  unique (connection_id, ref)
);
`;
