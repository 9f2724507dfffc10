/**
 * The route list: one line for each screen. A screen is a folder of `screens/` with a `screen.tsx`
 * that exports `Screen`; it is loaded when somebody goes there. The fourth argument is the right it
 * needs (`core/roles.ts`); without it everybody who is signed in may see it.
 */
import { page, root, shell } from './page.tsx';

export const routes = root.addChildren([
  // Without signing in.
  page(root, '/sign-in', () => import('../screens/sign-in/screen.tsx')),
  page(root, '/setup/$token', () => import('../screens/set-up/screen.tsx')),
  page(root, '/forgot-password', () => import('../screens/password/forgot.tsx')),
  page(root, '/reset/$token', () => import('../screens/password/reset.tsx')),
  page(root, '/invitation/$token', () => import('../screens/invitation/screen.tsx')),
  page(root, '/i/$token', () => import('../screens/candidate-page/screen.tsx')),
  page(root, '/tests/$token', () => import('../screens/test-page/screen.tsx')),

  // Within the shell.
  shell.addChildren([
    page(shell, '/', () => import('../screens/today/screen.tsx'), 'candidates.see'),
    page(shell, '/me', () => import('../screens/interview/mine.tsx')),
    page(shell, '/schedule', () => import('../screens/schedule/screen.tsx'), 'interviews.schedule'),
    page(shell, '/account', () => import('../screens/account/screen.tsx')),
    page(shell, '/interviews', () => import('../screens/interview/list.tsx'), 'interviews.see'),
    page(shell, '/interviews/$id', () => import('../screens/interview/screen.tsx'), 'interviews.see'),
    page(shell, '/people', () => import('../screens/people/screen.tsx'), 'templates.see'),
    page(shell, '/people/new', () => import('../screens/people/new.tsx'), 'templates.manage'),
    page(shell, '/people/import', () => import('../screens/people/import.tsx'), 'templates.manage'),
    page(shell, '/people/$id', () => import('../screens/people/one.tsx'), 'people.see'),
    page(shell, '/pools', () => import('../screens/pools/screen.tsx'), 'templates.see'),
    page(shell, '/pools/new', () => import('../screens/pools/new.tsx'), 'templates.manage'),
    page(shell, '/pools/$id', () => import('../screens/pools/one.tsx'), 'templates.see'),
    page(shell, '/rules', () => import('../screens/rules/screen.tsx'), 'rules.see'),
    page(shell, '/rules/new', () => import('../screens/rules/new.tsx'), 'rules.manage'),
    page(shell, '/rules/$id', () => import('../screens/rules/one.tsx'), 'rules.see'),
    page(shell, '/templates', () => import('../screens/templates/screen.tsx'), 'templates.see'),
    page(shell, '/templates/new', () => import('../screens/templates/new.tsx'), 'templates.manage'),
    page(shell, '/templates/$id', () => import('../screens/templates/one.tsx'), 'templates.see'),
    page(shell, '/settings/scheduling', () => import('../screens/company/screen.tsx'), 'connections.manage'),
    page(shell, '/activity', () => import('../screens/activity/screen.tsx'), 'audit.see'),
    page(shell, '/mails', () => import('../screens/mails/screen.tsx'), 'connections.manage'),
    page(shell, '/mails/$id', () => import('../screens/mails/one.tsx'), 'connections.manage'),
    page(shell, '/settings/health', () => import('../screens/health/screen.tsx'), 'connections.manage'),
    page(shell, '/settings/company', () => import('../screens/connections/screen.tsx'), 'connections.manage'),
    page(shell, '/settings/company/connect/$connector', () => import('../screens/connections/connect.tsx'), 'connections.manage'),
    page(shell, '/settings/company/$id', () => import('../screens/connections/one.tsx'), 'connections.manage'),
    page(shell, '/settings/users', () => import('../screens/users/screen.tsx'), 'users.manage'),
    page(shell, '/settings/users/$id', () => import('../screens/users/one.tsx'), 'users.manage'),
    page(shell, '/settings/api-keys', () => import('../screens/api-keys/screen.tsx'), 'connections.manage'),
  ]),
]); // prettier-ignore
