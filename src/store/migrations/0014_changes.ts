/** Whoever looks at a page is told that something of a noun has changed; never what, nor of whom. */
const announced = [
  ['connection', 'connections'],
  ['webhook', 'connections'],
  ['delivery', 'deliveries'],
  ['rule', 'rules'],
  ['decision', 'rules'],
  ['candidate', 'candidates'],
  ['effect', 'effects'],
  ['assessment', 'assessments'],
  ['interview', 'interviews'],
  ['rsvp', 'interviews'],
  ['mail', 'mails'],
  ['template', 'templates'],
  ['person', 'people'],
  ['pool', 'pools'],
  ['company', 'company'],
  ['app_user', 'users'],
  ['invitation', 'invitations'],
] as const;

const trigger = ([table, noun]: (typeof announced)[number]): string => `
create trigger announce after insert or update or delete on ${table}
  for each statement execute function announce_change('${noun}');`;

export const changes = `
create function announce_change() returns trigger language plpgsql as $$
begin
  -- The same notice twice in one transaction is sent once.
  perform pg_notify('loopwright_changed', tg_argv[0]);
  return null;
end
$$;
${announced.map(trigger).join('')}
`;
