/** What the panel engine asks of people beyond hours and limits, and rooms beside them. */
export const panel = `
alter table person add column kind text not null default 'person' check (kind in ('person', 'room'));
alter table person add column preferred jsonb;
alter table person add column buffer_before integer not null default 0;
alter table person add column buffer_after integer not null default 0;
drop index person_email;
create unique index person_email on person (lower(email)) where email <> '';
`;
