/**
 * The secret address under which a calendar reads an interviewer's own interviews. It was handed to
 * whoever had `email` then, and is good only as long as the person has that address.
 */
export const calendarFeed = `
create table calendar_feed (
  person_id text primary key references person (id) on delete cascade,
  email text not null,
  hash bytea not null unique,
  created_at timestamptz not null default now(),
  read_at timestamptz
);
`;
