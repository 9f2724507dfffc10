/**
 * Who may call what: the one table. A route that is not in it fails when the app is made, so a
 * forgotten guard cannot reach production.
 */
import type { Capability } from '#core/roles.ts';

/** `public`: anybody. `signed_in`: any session or key. Else what `core/roles.ts` grants the role. */
export type Access = Capability | 'public' | 'signed_in';

/** Keys are `METHOD path`, with `:name` for parameters. */
export const access: Readonly<Record<string, Access>> = {
  'GET /': 'public',
  'GET /assets/:file': 'public',
  'GET /*': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /api/openapi.json': 'public',
  // The unguessable path and the vendor's signature are the credentials.
  'POST /hooks/:token': 'public',
  // The single-use state is the credential.
  'GET /oauth/callback': 'public',
  'GET /oauth/sso/callback/oidc': 'public',

  'GET /api/v1/me': 'signed_in',
  // Of the own person alone.
  'GET /api/v1/me/calendar-feed': 'signed_in',
  'POST /api/v1/me/calendar-feed': 'signed_in',
  'DELETE /api/v1/me/calendar-feed': 'signed_in',
  // Which changes are told depends on the role.
  'GET /api/v1/events': 'signed_in',
  'GET /api/v1/installation': 'signed_in',
  'GET /api/v1/health': 'connections.manage',
  'GET /api/v1/connectors': 'rules.see',

  'GET /api/v1/connections': 'rules.see',
  'POST /api/v1/connections': 'connections.manage',
  'POST /api/v1/connections/test': 'connections.manage',
  'POST /api/v1/connections/oauth': 'connections.manage',
  'GET /api/v1/connections/:id': 'connections.manage',
  'PATCH /api/v1/connections/:id': 'connections.manage',
  'DELETE /api/v1/connections/:id': 'connections.manage',
  'POST /api/v1/connections/:id/oauth': 'connections.manage',
  'POST /api/v1/connections/:id/test': 'connections.manage',
  'POST /api/v1/connections/:id/pause': 'connections.manage',
  'POST /api/v1/connections/:id/resume': 'connections.manage',
  'POST /api/v1/connections/:id/subscribe': 'connections.manage',
  'POST /api/v1/connections/:id/sweep': 'connections.manage',
  'POST /api/v1/connections/:id/refresh': 'rules.manage',
  // What a template or an interview holds has a name for whoever sees it there.
  'GET /api/v1/accounts': 'templates.see',
  'GET /api/v1/connections/:id/choices/feedback-forms': 'templates.see',
  'GET /api/v1/connections/:id/choices/tests': 'templates.see',
  'GET /api/v1/connections/:id/choices/templates': 'templates.see',
  'GET /api/v1/connections/:id/choices/:kind': 'rules.see',

  'GET /api/v1/rules': 'rules.see',
  'POST /api/v1/rules': 'rules.manage',
  'POST /api/v1/rules/preview': 'rules.manage',
  'GET /api/v1/rules/:id': 'rules.see',
  'PUT /api/v1/rules/:id': 'rules.manage',
  'DELETE /api/v1/rules/:id': 'rules.manage',
  'POST /api/v1/rules/:id/enable': 'rules.manage',
  'POST /api/v1/rules/:id/disable': 'rules.manage',
  'GET /api/v1/rules/:id/preview': 'rules.see',
  'GET /api/v1/rules/:id/decisions': 'rules.see',
  'POST /api/v1/rules/:id/send-now': 'candidates.act',

  'GET /api/v1/candidates': 'candidates.see',
  'GET /api/v1/candidates/:id': 'candidates.see',
  'POST /api/v1/candidates/:id/refresh': 'candidates.act',
  'GET /api/v1/candidates/:id/activity': 'candidates.see',

  'GET /api/v1/today': 'candidates.see',
  'GET /api/v1/effects': 'candidates.see',
  'GET /api/v1/effects/:id': 'candidates.see',
  'POST /api/v1/effects/:id/decide': 'candidates.act',

  'GET /api/v1/assessments': 'results.see',
  'GET /api/v1/assessments/:id': 'results.see',

  'GET /api/v1/deliveries': 'connections.manage',
  'GET /api/v1/deliveries/:id': 'connections.manage',
  'POST /api/v1/deliveries/:id/replay': 'connections.manage',

  'GET /join/:token': 'public',
  'GET /api/v1/test-pages/:token': 'public',
  'GET /feeds/:file': 'public',
  'GET /api/v1/candidate-pages/:token': 'public',
  'GET /api/v1/candidate-pages/:token/invites/:day': 'public',

  'GET /api/v1/company': 'templates.see',
  'PUT /api/v1/company': 'connections.manage',
  'GET /api/v1/company/defaults': 'templates.see',
  'GET /api/v1/variables': 'templates.see',

  'GET /api/v1/people': 'people.see',
  'POST /api/v1/people': 'people.change',
  'POST /api/v1/people/import': 'templates.manage',
  'POST /api/v1/people/import/preview': 'templates.manage',
  'GET /api/v1/people/tags': 'templates.see',
  'POST /api/v1/people/tags': 'templates.manage',
  'GET /api/v1/people/:id': 'people.see',
  'PUT /api/v1/people/:id': 'people.change',
  'GET /api/v1/people/:id/ties': 'people.see',
  'POST /api/v1/people/:id/test-calendars': 'people.change',
  'PUT /api/v1/people/:id/calendar': 'people.change',
  'GET /api/v1/people/:id/calendar-feed': 'people.change',
  'DELETE /api/v1/people/:id/calendar-feed': 'people.change',

  'GET /api/v1/pools': 'templates.see',
  'POST /api/v1/pools': 'templates.manage',
  'POST /api/v1/pools/preview': 'templates.see',
  'GET /api/v1/pools/members': 'templates.see',
  'GET /api/v1/pools/:id': 'templates.see',
  'PUT /api/v1/pools/:id': 'templates.manage',
  'DELETE /api/v1/pools/:id': 'templates.manage',

  'GET /api/v1/templates': 'templates.see',
  'POST /api/v1/templates': 'templates.manage',
  'POST /api/v1/templates/check': 'templates.see',
  'GET /api/v1/templates/:id': 'templates.see',
  'PUT /api/v1/templates/:id': 'templates.manage',
  'DELETE /api/v1/templates/:id': 'templates.manage',

  'POST /api/v1/replies': 'interviews.schedule',
  'GET /api/v1/schedule': 'interviews.schedule',
  'GET /api/v1/taken-times': 'interviews.schedule',
  'GET /api/v1/interviews': 'interviews.see',
  'POST /api/v1/interviews': 'interviews.schedule',
  'POST /api/v1/interviews/preview': 'interviews.schedule',
  'GET /api/v1/interviews/:id': 'interviews.see',
  'GET /api/v1/interviews/:id/changes': 'interviews.see',
  // Everybody answers for themselves alone.
  'POST /api/v1/interviews/:id/rsvp': 'interviews.see',
  'POST /api/v1/interviews/:id/hold': 'interviews.schedule',
  'POST /api/v1/interviews/:id/confirm': 'interviews.schedule',
  'POST /api/v1/interviews/:id/move': 'interviews.schedule',
  'POST /api/v1/interviews/:id/reschedule': 'interviews.schedule',
  'POST /api/v1/interviews/:id/replace': 'interviews.schedule',
  'POST /api/v1/interviews/:id/add-event': 'interviews.schedule',
  'POST /api/v1/interviews/:id/remove-event': 'interviews.schedule',
  'POST /api/v1/interviews/:id/event': 'interviews.schedule',
  'POST /api/v1/interviews/:id/coding': 'interviews.schedule',
  'POST /api/v1/interviews/:id/texts': 'interviews.schedule',
  'POST /api/v1/interviews/:id/new-link': 'interviews.schedule',
  'POST /api/v1/interviews/:id/undo': 'interviews.schedule',
  'POST /api/v1/interviews/:id/cancel': 'interviews.schedule',
  'POST /api/v1/interviews/:id/put-back': 'interviews.schedule',

  'POST /api/v1/panels/solve': 'interviews.schedule',
  'POST /api/v1/panels/slots': 'interviews.schedule',
  'POST /api/v1/panels/explain': 'interviews.schedule',
  'POST /api/v1/panels/replacements': 'interviews.schedule',
  'POST /api/v1/panels/moves': 'interviews.schedule',

  'GET /api/v1/mails': 'connections.manage',
  'GET /api/v1/mails/:id/eml': 'connections.manage',
  'GET /api/v1/mails/:id': 'connections.manage',

  'GET /api/v1/audit': 'audit.see',
  'GET /api/v1/audit/export': 'audit.see',

  'GET /api/v1/api-keys': 'connections.manage',
  'POST /api/v1/api-keys': 'connections.manage',
  'DELETE /api/v1/api-keys/:id': 'connections.manage',

  // Passwords and one-time links are the credentials of those that are public.
  'GET /api/v1/sign-in': 'public',
  'POST /api/v1/sign-in': 'public',
  'POST /api/v1/setup': 'public',
  'GET /api/v1/sign-in/sso': 'public',
  'POST /api/v1/sign-out': 'signed_in',
  'GET /api/v1/session': 'signed_in',
  'GET /api/v1/sessions': 'signed_in',
  'POST /api/v1/sessions/end-others': 'signed_in',
  'DELETE /api/v1/sessions/:id': 'signed_in',
  'POST /api/v1/password/forgot': 'public',
  'POST /api/v1/password/reset': 'public',
  'POST /api/v1/password/change': 'signed_in',
  'GET /api/v1/users': 'users.manage',
  'GET /api/v1/users/:id': 'users.manage',
  'PATCH /api/v1/users/:id': 'users.manage',
  'POST /api/v1/users/:id/deactivate': 'users.manage',
  'POST /api/v1/users/:id/reactivate': 'users.manage',
  'POST /api/v1/users/:id/password-link': 'users.manage',
  'GET /api/v1/users/:id/sessions': 'users.manage',
  'DELETE /api/v1/users/:id/sessions': 'users.manage',
  'GET /api/v1/invitations': 'users.manage',
  'POST /api/v1/invitations': 'users.manage',
  'POST /api/v1/invitations/look': 'public',
  'POST /api/v1/invitations/accept': 'public',
  'POST /api/v1/invitations/:id/resend': 'users.manage',
  'DELETE /api/v1/invitations/:id': 'users.manage',
};

/** Methods that a path is served with; empty: there is no such path. For 404 against 405. */
export const methodsOf = (path: string): string[] =>
  patterns.flatMap(({ method, pattern }) => (pattern.test(path) ? [method] : []));

/** What the web app's page is served at: every address that is neither the hub's own nor a file's. */
export const isScreen = (path: string): boolean =>
  !/^\/(?:api|assets|hooks|join|feeds|oauth|healthz|readyz|metrics)(?:\/|$)|\.[^/]*$/.test(path);

const screens = 'GET /*';

const patterns = Object.keys(access)
  .filter((route) => route !== screens)
  .map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`) };
  });
