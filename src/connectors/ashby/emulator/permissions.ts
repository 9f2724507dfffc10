/** Which module permission each endpoint asks for [doc]; scopes read `module:read|write`. */

export const modules: ReadonlyArray<readonly [id: string, label: string]> = [
  ['candidates', 'Candidates'],
  ['jobs', 'Jobs'],
  ['interviews', 'Interviews'],
  ['hiringProcessMetadata', 'Hiring process metadata'],
  ['organization', 'Organization'],
  ['apiKeys', 'API keys'],
];

export const allScopes: readonly string[] = modules.flatMap(([id]) => [
  `${id}:read`,
  `${id}:write`,
]);

/** Null: any key will do [inferred: `version.list` has no permission in the documentation]. */
export const scopeOf: Readonly<Record<string, string | null>> = {
  'apiKey.info': 'apiKeys:read',
  'application.changeStage': 'candidates:write',
  'application.create': 'candidates:write',
  'application.info': 'candidates:read',
  'application.list': 'candidates:read',
  'application.listHistory': 'candidates:read',
  'application.transfer': 'candidates:write',
  'application.update': 'candidates:write',
  'archiveReason.list': 'hiringProcessMetadata:read',
  'candidate.addTag': 'candidates:write',
  'candidate.create': 'candidates:write',
  'candidate.createNote': 'candidates:write',
  'candidate.info': 'candidates:read',
  'candidate.list': 'candidates:read',
  'candidate.listNotes': 'candidates:read',
  'candidate.removeTag': 'candidates:write',
  'candidate.search': 'candidates:read',
  'candidate.update': 'candidates:write',
  'candidateTag.create': 'hiringProcessMetadata:write',
  'candidateTag.list': 'hiringProcessMetadata:read',
  'feedbackFormDefinition.info': 'hiringProcessMetadata:read',
  'feedbackFormDefinition.list': 'hiringProcessMetadata:read',
  'hiringTeamRole.list': 'organization:read',
  'interview.info': 'interviews:read',
  'interview.list': 'interviews:read',
  'interviewEvent.list': 'interviews:read',
  'interviewPlan.list': 'interviews:read',
  'interviewSchedule.cancel': 'interviews:write',
  'interviewSchedule.create': 'interviews:write',
  'interviewSchedule.list': 'interviews:read',
  'interviewSchedule.update': 'interviews:write',
  'interviewStage.info': 'interviews:read',
  'interviewStage.list': 'interviews:read',
  'interviewStageGroup.list': 'interviews:read',
  'job.info': 'jobs:read',
  'job.list': 'jobs:read',
  'job.search': 'jobs:read',
  'jobInterviewPlan.info': 'jobs:read',
  'source.list': 'hiringProcessMetadata:read',
  'department.list': 'organization:read',
  'location.list': 'organization:read',
  'user.info': 'organization:read',
  'user.list': 'organization:read',
  'user.search': 'organization:read',
  'version.list': null,
  'webhook.create': 'apiKeys:write',
  'webhook.delete': 'apiKeys:write',
  'webhook.info': 'apiKeys:read',
  'webhook.update': 'apiKeys:write',
};

/** The name that the documentation and the error use: `candidates:read` is `candidatesRead`. */
export const permissionName = (scope: string): string =>
  scope.replace(/:(\w)(\w*)$/, (_, first: string, rest: string) => first.toUpperCase() + rest);
