/** How far the organizer's mailbox was read, how it is, and the answers in it that could not be taken. */
export const replyMailbox = `
create table reply_mailbox (
  name text primary key,
  uid_validity text,
  read_to bigint not null default 0,
  looked_at timestamptz,
  failing_since timestamptz,
  fault text
);

create table reply_mail (
  mailbox text not null references reply_mailbox on delete cascade,
  uid bigint not null,
  message_id text not null,
  reason text not null,
  attempts integer not null,
  first_at timestamptz not null,
  next_try_at timestamptz,
  primary key (mailbox, uid)
);
`;
