/** Whether the link to the scheduler is put on an ATS's candidates; a person switches it on. */
export const scheduleLink = `
alter table connection add column schedule_link boolean not null default false;
`;
