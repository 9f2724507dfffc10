/** What two people may change at once counts its changes; who saves tells which one was looked at. */
export const versions = ['rule', 'person', 'pool', 'template', 'company']
  .map((table) => `alter table ${table} add column version integer not null default 1;`)
  .join('\n');
