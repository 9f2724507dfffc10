/** Connections and users are changed by several people, too, and count their changes like the rest. */
export const moreVersions = ['connection', 'app_user']
  .map((table) => `alter table ${table} add column version integer not null default 1;`)
  .join('\n');
