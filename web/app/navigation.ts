/**
 * The entries of the navigation, in their order. One whose right the signed-in person lacks is not
 * shown. A new screen adds its line here and in `routes.tsx`.
 */
import type { IconName } from '../parts/icon.tsx';
import type { Right } from './session.ts';

export interface Entry {
  to: string;
  label: string;
  icon: IconName;
  /** Null: for everybody. */
  needs: Right | null;
}

export interface Group {
  /** Null: it stands on top without a heading. */
  label: string | null;
  entries: readonly Entry[];
}

export const navigation: readonly Group[] = [
  {
    label: null,
    entries: [
      { to: '/', label: 'Today', icon: 'today', needs: 'candidates.see' },
      { to: '/me', label: 'My interviews', icon: 'person', needs: null },
      { to: '/schedule', label: 'Schedule', icon: 'calendar', needs: 'interviews.schedule' },
      { to: '/interviews', label: 'Interviews', icon: 'list', needs: 'interviews.see' },
    ],
  },
  {
    label: 'Setup',
    entries: [
      { to: '/templates', label: 'Templates', icon: 'text', needs: 'templates.see' },
      { to: '/people', label: 'People', icon: 'people', needs: 'templates.see' },
      { to: '/pools', label: 'Pools', icon: 'pool', needs: 'templates.see' },
      { to: '/rules', label: 'Rules', icon: 'rule', needs: 'rules.see' },
    ],
  },
  {
    label: 'Settings',
    entries: [
      { to: '/settings/company', label: 'Company', icon: 'plug', needs: 'connections.manage' },
      {
        to: '/settings/scheduling',
        label: 'Scheduling defaults',
        icon: 'sliders',
        needs: 'connections.manage',
      },
      { to: '/settings/health', label: 'Health', icon: 'pulse', needs: 'connections.manage' },
      { to: '/mails', label: 'Outbox', icon: 'mail', needs: 'connections.manage' },
      { to: '/activity', label: 'Activity', icon: 'clock', needs: 'audit.see' },
      { to: '/settings/users', label: 'Users', icon: 'shield', needs: 'users.manage' },
      { to: '/settings/api-keys', label: 'API keys', icon: 'key', needs: 'connections.manage' },
    ],
  },
];
