/**
 * Stored records as Ashby's API shows them. What is null and what is absent follows recorded
 * answers [rec], not the OpenAPI text: `source`, `creditedToUser`, `archiveReason` and their like
 * come as null, contact fields and `archivedAt` are left out.
 */
import type { Data } from './data.ts';
import type {
  ContactInfo,
  StoredApplication,
  StoredCandidate,
  StoredEvent,
  StoredForm,
  StoredInterview,
  StoredJob,
  StoredNote,
  StoredPlan,
  StoredSchedule,
  StoredStage,
  StoredTag,
  StoredUser,
  StoredWebhook,
} from './model.ts';

export type Json = Record<string, unknown>;

export const iso = (at: number): string => new Date(at).toISOString();

const primary = (contacts: readonly ContactInfo[]): ContactInfo | undefined =>
  contacts.find((contact) => contact.isPrimary) ?? contacts[0];

export const statusOf = (
  stage: StoredStage | undefined,
): 'Hired' | 'Archived' | 'Active' | 'Lead' =>
  stage?.type === 'Hired' || stage?.type === 'Archived' || stage?.type === 'Lead'
    ? stage.type
    : 'Active';

export const showUser = (user: StoredUser): Json => ({
  id: user.id,
  firstName: user.firstName,
  lastName: user.lastName,
  email: user.email,
  globalRole: user.globalRole,
  isEnabled: user.isEnabled,
  updatedAt: iso(user.updatedAt),
});

export const showTag = ({ id, title, isArchived }: StoredTag): Json => ({ id, title, isArchived });

export const showPlan = (plan: StoredPlan): Json => ({
  id: plan.id,
  title: plan.title,
  isArchived: plan.isArchived,
  createdAt: iso(plan.createdAt),
  updatedAt: iso(plan.updatedAt),
});

export const showStage = (stage: StoredStage): Json => ({
  id: stage.id,
  title: stage.title,
  type: stage.type,
  orderInInterviewPlan: stage.order,
  interviewStageGroupId: stage.groupId,
  interviewPlanId: stage.planId,
});

export const showWebhook = (hook: StoredWebhook, withSecret: boolean): Json => ({
  id: hook.id,
  enabled: hook.enabled,
  requestUrl: hook.requestUrl,
  ...(withSecret ? { secretToken: hook.secretToken ?? '' } : {}),
  webhookType: hook.type,
});

export const showInterview = (interview: StoredInterview): Json => ({
  id: interview.id,
  title: interview.title,
  externalTitle: interview.title,
  isArchived: false,
  isDebrief: false,
  isFeedbackRequired: true,
  isFeedbackRequested: true,
  instructionsHtml: null,
  instructionsPlain: null,
  feedbackFormDefinitionId: interview.formId,
});

export const showForm = (form: StoredForm, organizationId: string): Json => ({
  id: form.id,
  organizationId,
  title: form.title,
  isArchived: false,
  isDefaultForm: form.isDefault,
  formDefinition: { sections: [] },
});

export interface Views {
  event(event: StoredEvent, scheduleId: string): Json;
  schedule(schedule: StoredSchedule): Json;
  candidate(candidate: StoredCandidate): Json;
  /** `create` and `update` tell less of stage and candidate, as those endpoints do [rec]. */
  application(application: StoredApplication, shape?: 'full' | 'create' | 'update'): Json;
  history(application: StoredApplication): Json[];
  job(job: StoredJob): Json;
  note(note: StoredNote): Json;
}

export const createViews = (data: Data, webBase: string): Views => {
  const { state } = data;
  const source = (id: string | null): unknown => state.sources.find((one) => one.id === id) ?? null;
  const user = (id: string | null): unknown => {
    const found = id === null ? undefined : data.users.get(id);
    return found ? showUser(found) : null;
  };
  const team = (job: StoredJob): Json[] =>
    job.hiringTeam.flatMap(({ userId, role }) => {
      const member = data.users.get(userId);
      if (!member) return [];
      const { email, firstName, lastName } = member;
      return [{ email, firstName, lastName, role, userId }];
    });
  const archiveReason = (id: string | null): unknown => {
    const found = state.archiveReasons.find((one) => one.id === id);
    return found ? { ...found, customFields: [] } : null;
  };
  const contacts = (candidate: StoredCandidate): Json => {
    const email = primary(candidate.emails);
    const phone = primary(candidate.phones);
    return {
      ...(email ? { primaryEmailAddress: email } : {}),
      ...(phone ? { primaryPhoneNumber: phone } : {}),
    };
  };

  const stageIn = (application: StoredApplication, shape: 'full' | 'create' | 'update'): Json => {
    const stage = data.stages.get(application.stageId);
    if (!stage) return { id: application.stageId };
    // [rec] `application.create` answers with the stage's id alone, `application.update` with id
    // and title.
    if (shape === 'create') return { id: stage.id };
    if (shape === 'update') return { id: stage.id, title: stage.title };
    return showStage(stage);
  };

  const event = (one: StoredEvent, scheduleId: string): Json => ({
    id: one.id,
    interviewId: one.interviewId,
    interviewScheduleId: scheduleId,
    interviewerUserIds: one.interviewers.map(({ userId }) => userId),
    interviewers: one.interviewers.flatMap(({ userId, isFeedbackRequired }) => {
      const found = data.users.get(userId);
      const facts = { trainingRole: null, interviewerPool: null, isFeedbackRequired };
      return found ? [{ ...showUser(found), ...facts }] : [];
    }),
    createdAt: iso(one.createdAt),
    updatedAt: iso(one.updatedAt),
    startTime: iso(one.start),
    endTime: iso(one.end),
    feedbackLink: `${webBase}/interview-briefings/${one.id}/feedback`,
    // [inferred] Nothing in the API sets these for schedules that came through it.
    location: null,
    meetingLink: null,
    interviewerCalendarEventId: null,
    hasSubmittedFeedback: one.feedbackBy.length > 0,
    extraData: one.extraData,
  });

  return {
    event,
    schedule: (schedule) => ({
      id: schedule.id,
      status: schedule.status,
      applicationId: schedule.applicationId,
      interviewStageId: schedule.stageId,
      scheduledBy: user(schedule.scheduledById),
      createdAt: iso(schedule.createdAt),
      updatedAt: iso(schedule.updatedAt),
      interviewEvents: schedule.events.map((one) => event(one, schedule.id)),
    }),
    candidate(candidate) {
      const { location } = candidate;
      return {
        id: candidate.id,
        createdAt: iso(candidate.createdAt),
        updatedAt: iso(candidate.updatedAt),
        name: candidate.name,
        ...contacts(candidate),
        emailAddresses: candidate.emails,
        phoneNumbers: candidate.phones,
        socialLinks: candidate.links,
        tags: candidate.tagIds.flatMap((id) => {
          const tag = state.tags.find((one) => one.id === id);
          return tag ? [showTag(tag)] : [];
        }),
        applicationIds: candidate.applicationIds,
        fileHandles: [],
        customFields: [],
        profileUrl: `${webBase}/candidate-searches/new/right-side/candidates/${candidate.id}`,
        source: source(candidate.sourceId),
        creditedToUser: user(candidate.creditedToUserId),
        timezone: null,
        fraudStatus: null,
        ...(location ? { location: showLocation(location) } : {}),
      };
    },
    application(application, shape = 'full') {
      const candidate = data.candidates.get(application.candidateId);
      const job = data.jobs.get(application.jobId);
      return {
        id: application.id,
        createdAt: iso(application.createdAt),
        updatedAt: iso(application.updatedAt),
        status: statusOf(data.stages.get(application.stageId)),
        customFields: [],
        candidate: {
          id: application.candidateId,
          name: candidate?.name ?? '',
          ...(candidate && shape !== 'update' ? contacts(candidate) : {}),
        },
        currentInterviewStage: stageIn(application, shape),
        source: source(application.sourceId),
        archiveReason: archiveReason(application.archiveReasonId),
        ...(application.archivedAt === null ? {} : { archivedAt: iso(application.archivedAt) }),
        job: {
          id: application.jobId,
          title: job?.title ?? '',
          locationId: job?.locationId,
          departmentId: job?.departmentId,
          // [rec] Undocumented, seen in recordings.
          brandId: job?.brandId,
        },
        creditedToUser: user(application.creditedToUserId),
        hiringTeam: job ? team(job) : [],
        appliedViaJobPostingId: null,
        submitterClientIp: null,
        submitterUserAgent: null,
      };
    },
    history: (application) =>
      application.history.map((row, index) => ({
        id: row.id,
        stageId: row.stageId,
        title: row.title,
        enteredStageAt: iso(row.enteredAt),
        ...(row.leftAt === null ? {} : { leftStageAt: iso(row.leftAt) }),
        stageNumber: index,
        allowedActions: index === 0 ? ['none'] : ['delete', 'set_entered_at'],
        actorId: row.actorId,
      })),
    job: (job) => ({
      id: job.id,
      title: job.title,
      confidential: job.confidential,
      status: job.status,
      employmentType: 'FullTime',
      locationId: job.locationId,
      departmentId: job.departmentId,
      defaultInterviewPlanId: job.planId,
      interviewPlanIds: [job.planId],
      customFields: [],
      jobPostingIds: [],
      customRequisitionId: job.requisitionId,
      brandId: job.brandId,
      hiringTeam: team(job),
      author: user(job.authorId),
      createdAt: iso(job.createdAt),
      updatedAt: iso(job.updatedAt),
      openedAt: job.openedAt === null ? null : iso(job.openedAt),
      closedAt: job.closedAt === null ? null : iso(job.closedAt),
    }),
    note(note) {
      const author = data.users.get(note.authorId);
      return {
        id: note.id,
        createdAt: iso(note.createdAt),
        isPrivate: note.isPrivate,
        content: note.content,
        author: {
          id: note.authorId,
          firstName: author?.firstName ?? '',
          lastName: author?.lastName ?? '',
          email: author?.email ?? '',
        },
      };
    },
  };
};

const showLocation = (location: NonNullable<StoredCandidate['location']>): Json => {
  const parts = [
    ['City', location.city],
    ['Region', location.region],
    ['Country', location.country],
  ] as const;
  const present = parts.flatMap(([type, name]) => (name ? [{ type, name }] : []));
  return {
    id: location.id,
    locationSummary: present.map(({ name }) => name).join(', '),
    locationComponents: present,
  };
};
