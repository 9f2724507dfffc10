/** Who may do what. The table of `docs/`'s role page is generated from here. */

export const roles = [
  'super_admin',
  'admin',
  'team_member',
  'limited_team_member',
  'interviewer',
] as const;

export type Role = (typeof roles)[number];

export const capabilities = [
  'connections.manage',
  'users.manage',
  'rules.manage',
  'rules.see',
  'candidates.see',
  'candidates.act',
  'results.see',
  'audit.see',
  'templates.manage',
  'templates.see',
  'interviews.see',
  'interviews.schedule',
  'people.see',
  'people.change',
] as const;

export type Capability = (typeof capabilities)[number];

/** How far a permission reaches: everything, only the actor's own jobs, events or person, or nothing. */
export type Reach = 'any' | 'own_jobs' | 'own_events' | 'own_acts' | 'own_person' | 'none';

const table: Record<Capability, Record<Role, Reach>> = {
  'connections.manage': row('any', 'none', 'none', 'none', 'none'),
  'users.manage': row('any', 'none', 'none', 'none', 'none'),
  'rules.manage': row('any', 'any', 'none', 'none', 'none'),
  'rules.see': row('any', 'any', 'any', 'none', 'none'),
  'candidates.see': row('any', 'any', 'any', 'own_jobs', 'none'),
  'candidates.act': row('any', 'any', 'any', 'own_jobs', 'none'),
  'results.see': row('any', 'any', 'any', 'own_jobs', 'own_events'),
  'audit.see': row('any', 'own_acts', 'none', 'none', 'none'),
  'templates.manage': row('any', 'any', 'none', 'none', 'none'),
  'templates.see': row('any', 'any', 'any', 'any', 'none'),
  'interviews.see': row('any', 'any', 'any', 'own_jobs', 'own_events'),
  'interviews.schedule': row('any', 'any', 'any', 'own_jobs', 'none'),
  'people.see': row('any', 'any', 'any', 'any', 'own_person'),
  'people.change': row('any', 'any', 'own_person', 'own_person', 'own_person'),
};

function row(
  super_admin: Reach,
  admin: Reach,
  team_member: Reach,
  limited_team_member: Reach,
  interviewer: Reach,
): Record<Role, Reach> {
  return { super_admin, admin, team_member, limited_team_member, interviewer };
}

/** How far `role` reaches with `capability`. */
export const reach = (role: Role, capability: Capability): Reach => table[capability][role];
