/** Lever's fixed words: origins, webhook events, permissions, posting states. */

export const origins = [
  'agency',
  'applied',
  'internal',
  'referred',
  'sourced',
  'university',
] as const;
export type Origin = (typeof origins)[number];

export const isOrigin = (text: unknown): text is Origin =>
  (origins as readonly unknown[]).includes(text);

/** Events with their name in Settings and whether they take origin conditions. [doc] */
export const events = {
  applicationCreated: { label: 'Application Created', conditions: true },
  candidateHired: { label: 'Candidate Hired', conditions: true },
  candidateStageChange: { label: 'Candidate Stage Change', conditions: true },
  candidateArchiveChange: { label: 'Candidate Archive State Change', conditions: true },
  candidateDeleted: { label: 'Candidate Deleted', conditions: false },
  interviewCreated: { label: 'Interview Created', conditions: false },
  interviewUpdated: { label: 'Interview Updated', conditions: false },
  interviewDeleted: { label: 'Interview Deleted', conditions: false },
  contactCreated: { label: 'Contact Created', conditions: false },
  contactUpdated: { label: 'Contact Updated', conditions: false },
} as const;
export type EventName = keyof typeof events;

export const eventNames = Object.keys(events) as EventName[];

export const isEventName = (text: unknown): text is EventName =>
  (eventNames as unknown[]).includes(text);

export const accessRoles = [
  'super admin',
  'admin',
  'team member',
  'limited team member',
  'interviewer',
] as const;
export type AccessRole = (typeof accessRoles)[number];

export const feedbackReminders = ['once', 'daily', 'frequently', 'none'] as const;
export type FeedbackReminder = (typeof feedbackReminders)[number];

/** [live] Stands in answers where no feedback form was chosen. */
export const noFeedback = 'no-feedback';

const readAndWrite = [
  'contact', 'feedback', 'feedback_templates', 'files', 'forms', 'form_templates', 'groups',
  'interviews', 'notes', 'opportunities', 'panels', 'permissions', 'postings', 'requisitions',
  'requisition_fields', 'roles', 'users', 'webhooks',
]; // prettier-ignore
const readOnly = [
  'applications', 'archive_reasons', 'audit_events', 'diversity_surveys', 'eeo_responses',
  'eeo_responses_pii', 'offers', 'referrals', 'resumes', 'sources', 'stages', 'tags', 'tasks',
]; // prettier-ignore

export const confidentialAccess = 'confidential:access:admin';

/** Every permission of a key or token but `offline_access`; keys and scopes share the names. */
export const permissionNames: readonly string[] = [
  ...readAndWrite.flatMap((name) => [`${name}:read:admin`, `${name}:write:admin`]),
  ...readOnly.map((name) => `${name}:read:admin`),
  'uploads:write:admin',
  confidentialAccess,
];

/** What the key of the scheduling partner may do; the partner's toggle lists it. */
export const schedulingPermissions: readonly string[] = [
  'applications:read:admin', 'archive_reasons:read:admin', 'feedback_templates:read:admin',
  'interviews:read:admin', 'interviews:write:admin', 'notes:read:admin', 'notes:write:admin',
  'opportunities:read:admin', 'opportunities:write:admin', 'panels:read:admin',
  'panels:write:admin', 'postings:read:admin', 'stages:read:admin', 'tags:read:admin',
  'users:read:admin', 'webhooks:read:admin', 'webhooks:write:admin',
]; // prettier-ignore

/** Whether a list of permissions covers one; write implies read. [code] */
export const covers = (granted: readonly string[], needed: string): boolean =>
  granted.includes(needed) || granted.includes(needed.replace(':read:', ':write:'));

export const canonicalEmail = (email: string): string => email.trim().toLowerCase();
