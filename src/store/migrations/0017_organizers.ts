/** Whose invites an interview has sent, one after the other: another organizer is another entry. */
export const organizers = `
alter table interview add column organizers text[] not null default '{}';
update interview set organizers = array(
  select mail.message->'from'->>'address' from mail
  where mail.interview_id = interview.id and mail.state = 'sent'
  order by mail.created_at desc limit 1
);
`;
