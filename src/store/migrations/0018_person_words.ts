/** What texts say of a person beside name and title. */
export const personWords = `
alter table person add column bio text not null default '';
alter table person add column linked_in text not null default '';
`;
