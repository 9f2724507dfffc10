/** What can happen in the emulated Ashby, by API or by hand; each tells the webhooks. */
import type { Data } from './data.ts';
import type { Hooks } from './hooks.ts';
import type {
  ContactInfo,
  HistoryRow,
  StoredApplication,
  StoredCandidate,
  StoredJob,
  StoredNote,
  StoredPlan,
  StoredEvent,
  StoredSchedule,
  StoredStage,
  StoredTag,
} from './model.ts';
import { sanitiseHtml } from './sanitise.ts';
import type { Views } from './views.ts';

export interface Actions {
  addCandidate(
    details: Pick<StoredCandidate, 'name' | 'emails'> & Partial<StoredCandidate>,
  ): StoredCandidate;
  /** Marks a candidate that was changed in place; no webhook tells of it [doc]. */
  candidateChanged(candidate: StoredCandidate): void;
  setEmails(candidate: StoredCandidate, emails: ContactInfo[]): void;
  addTag(candidate: StoredCandidate, tag: StoredTag): void;
  removeTag(candidate: StoredCandidate, tagId: string): void;
  /** The existing tag when there is one of this title [doc]. */
  tagTitled(title: string): StoredTag;
  deleteCandidate(candidate: StoredCandidate): void;
  merge(gone: StoredCandidate, kept: StoredCandidate): void;
  addNote(details: {
    candidate: StoredCandidate;
    authorId: string;
    format: 'text' | 'html';
    content: string;
    isPrivate: boolean;
    createdAt?: number | undefined;
  }): StoredNote;
  apply(details: {
    candidate: StoredCandidate;
    job: StoredJob;
    stage: StoredStage;
    actorId: string | null;
    sourceId?: string | undefined;
    creditedToUserId?: string | undefined;
    createdAt?: number | undefined;
    path?: ReadonlyArray<{ stage: StoredStage; enteredAt: number }> | undefined;
  }): StoredApplication;
  applicationChanged(application: StoredApplication): void;
  move(
    application: StoredApplication,
    stage: StoredStage,
    details: { actorId: string | null; archiveReasonId: string | null },
  ): void;
  transfer(
    application: StoredApplication,
    job: StoredJob,
    stage: StoredStage,
    actorId: string | null,
  ): void;
  schedule(
    application: StoredApplication,
    details: Pick<StoredSchedule, 'keyId' | 'scheduledById' | 'events'>,
  ): StoredSchedule;
  /** Marks a schedule whose events were changed in place. */
  scheduleChanged(schedule: StoredSchedule, text: string): void;
  cancelSchedule(schedule: StoredSchedule): void;
  /** An interviewer hands the form in. */
  submitFeedback(event: StoredEvent, userId: string): void;
  /** Puts a job on another plan; stages are matched by title, else by place. */
  transition(job: StoredJob, plan: StoredPlan): void;
}

export const createActions = (setup: {
  data: Data;
  views: Views;
  hooks: Hooks;
  now: () => number;
  changed: () => void;
}): Actions => {
  const { data, views, hooks, now, changed } = setup;

  const log = (candidateId: string, text: string): void => {
    data.log({ candidateId, at: now(), text });
  };
  const touchCandidate = (candidate: StoredCandidate, text: string): void => {
    data.touch(candidate, now());
    log(candidate.id, text);
    changed();
  };

  const enter = (
    application: StoredApplication,
    stage: StoredStage,
    details: { actorId: string | null; archiveReasonId: string | null },
  ): void => {
    const at = now();
    const last = application.history.at(-1);
    if (last) last.leftAt = at;
    application.history.push(rowFor(data.newId(), stage, at, details.actorId));
    application.stageId = stage.id;
    const isArchived = stage.type === 'Archived';
    application.archivedAt = isArchived ? at : null;
    application.archiveReasonId = isArchived ? details.archiveReasonId : null;
    data.touch(application, at);
    log(application.candidateId, `Moved to ${stage.title}`);
    const payload = (): Record<string, unknown> => ({
      application: views.application(application),
    });
    // Order is undocumented: stage change, update, hire [code].
    hooks.emit([
      { action: 'candidateStageChange', data: payload() },
      { action: 'applicationUpdate', data: payload() },
      ...(stage.type === 'Hired' ? [{ action: 'candidateHire', data: payload() }] : []),
    ]);
    changed();
  };

  const tellSchedule = (schedule: StoredSchedule, text: string, actions: string[]): void => {
    log(data.applications.get(schedule.applicationId)?.candidateId ?? '', text);
    hooks.emit(
      actions.map((action) => ({
        action,
        data: { interviewSchedule: views.schedule(schedule) },
      })),
    );
    changed();
  };
  const scheduleChanged = (schedule: StoredSchedule, text: string): void => {
    data.touch(schedule, now());
    tellSchedule(schedule, text, ['interviewScheduleUpdate']);
  };

  return {
    scheduleChanged,
    schedule(application, details) {
      const schedule: StoredSchedule = {
        ...data.listed(),
        ...details,
        applicationId: application.id,
        stageId: application.stageId,
        status: 'Scheduled',
        createdAt: now(),
        updatedAt: now(),
      };
      data.state.schedules.push(schedule);
      // [doc] A create is told as an update, too.
      tellSchedule(schedule, 'Interview scheduled', [
        'interviewScheduleCreate',
        'interviewScheduleUpdate',
      ]);
      return schedule;
    },
    cancelSchedule(schedule) {
      if (schedule.status === 'Cancelled') return;
      schedule.status = 'Cancelled';
      // [inferred] Cancelling an event deletes its feedback [doc]; nothing here asks beforehand.
      for (const event of schedule.events) event.feedbackBy = [];
      scheduleChanged(schedule, 'Interview cancelled');
    },
    submitFeedback(event, userId) {
      if (!event.feedbackBy.includes(userId)) event.feedbackBy.push(userId);
      event.updatedAt = now();
      changed();
    },
    addCandidate(details) {
      const candidate: StoredCandidate = {
        createdAt: now(),
        updatedAt: now(),
        phones: [],
        links: [],
        tagIds: [],
        sourceId: null,
        creditedToUserId: null,
        location: null,
        ...details,
        applicationIds: [],
        ...data.listed(),
      };
      data.addCandidate(candidate);
      log(candidate.id, 'Candidate added');
      changed();
      return candidate;
    },
    candidateChanged(candidate) {
      touchCandidate(candidate, 'Profile edited');
    },
    setEmails(candidate, emails) {
      data.setEmails(candidate, emails);
      touchCandidate(candidate, emails.length === 0 ? 'E-mail removed' : 'E-mail set');
    },
    addTag(candidate, tag) {
      if (candidate.tagIds.includes(tag.id)) return;
      candidate.tagIds.push(tag.id);
      touchCandidate(candidate, `Tag ${tag.title} added`);
    },
    removeTag(candidate, tagId) {
      if (!candidate.tagIds.includes(tagId)) return;
      candidate.tagIds = candidate.tagIds.filter((id) => id !== tagId);
      touchCandidate(candidate, 'Tag removed');
    },
    tagTitled(title) {
      const found = data.state.tags.find(
        (tag) => tag.title.toLowerCase() === title.trim().toLowerCase(),
      );
      if (found) return found;
      const tag: StoredTag = { ...data.listed(), title: title.trim(), isArchived: false };
      data.state.tags.push(tag);
      changed();
      return tag;
    },
    deleteCandidate(candidate) {
      data.removeCandidate(candidate);
      hooks.emit([{ action: 'candidateDelete', data: { candidate: { id: candidate.id } } }]);
      changed();
    },
    merge(gone, kept) {
      for (const id of gone.applicationIds) {
        const application = data.applications.get(id);
        if (!application) continue;
        application.candidateId = kept.id;
        data.touch(application, now());
        kept.applicationIds.push(id);
      }
      gone.applicationIds = [];
      const known = new Set(kept.emails.map(({ value }) => value.toLowerCase()));
      const further = gone.emails
        .filter(({ value }) => !known.has(value.toLowerCase()))
        .map((email) => ({ ...email, isPrimary: kept.emails.length === 0 && email.isPrimary }));
      data.setEmails(kept, [...kept.emails, ...further]);
      kept.tagIds = [...new Set([...kept.tagIds, ...gone.tagIds])];
      data.moveNotes(gone.id, kept.id);
      data.removeCandidate(gone);
      touchCandidate(kept, `${gone.name} merged into this candidate`);
      hooks.emit([
        {
          action: 'candidateMerge',
          data: { deletedCandidate: { id: gone.id }, mergedCandidate: { id: kept.id } },
        },
      ]);
    },
    addNote({ candidate, authorId, format, content, isPrivate, createdAt }) {
      const note: StoredNote = {
        ...data.listed(),
        candidateId: candidate.id,
        authorId,
        createdAt: createdAt ?? now(),
        isPrivate,
        format,
        content: format === 'html' ? sanitiseHtml(content) : content,
      };
      data.addNote(note);
      log(candidate.id, 'Note added');
      changed();
      return note;
    },
    apply({ candidate, job, stage, actorId, sourceId, creditedToUserId, createdAt, path }) {
      const at = createdAt ?? now();
      const steps = path && path.length > 0 ? path : [{ stage, enteredAt: at }];
      const history = steps.map((step, index) => ({
        ...rowFor(data.newId(), step.stage, step.enteredAt, actorId),
        leftAt: steps[index + 1]?.enteredAt ?? null,
      }));
      const application: StoredApplication = {
        ...data.listed(),
        candidateId: candidate.id,
        jobId: job.id,
        stageId: steps.at(-1)?.stage.id ?? stage.id,
        createdAt: at,
        updatedAt: now(),
        sourceId: sourceId ?? null,
        creditedToUserId: creditedToUserId ?? null,
        archiveReasonId: null,
        archivedAt: null,
        history,
      };
      data.addApplication(application);
      touchCandidate(candidate, `Applied to ${job.title}`);
      hooks.emit([
        { action: 'applicationSubmit', data: { application: views.application(application) } },
      ]);
      return application;
    },
    applicationChanged(application) {
      data.touch(application, now());
      hooks.emit([
        { action: 'applicationUpdate', data: { application: views.application(application) } },
      ]);
      changed();
    },
    move(application, stage, details) {
      if (application.stageId !== stage.id) enter(application, stage, details);
    },
    transfer(application, job, stage, actorId) {
      application.jobId = job.id;
      enter(application, stage, { actorId, archiveReasonId: null });
    },
    transition(job, plan) {
      const from = data.state.plans.find((one) => one.id === job.planId);
      const mappings = data
        .stagesOf(job.planId)
        .map((stage) => ({ stage, to: match(data, stage, plan) }));
      for (const application of data.state.applications) {
        if (application.jobId !== job.id) continue;
        const to = mappings.find(({ stage }) => stage.id === application.stageId)?.to;
        if (!to) continue;
        application.stageId = to.id;
        const last = application.history.at(-1);
        if (last) Object.assign(last, { stageId: to.id, title: to.title });
        data.touch(application, now());
      }
      job.planId = plan.id;
      data.touch(job, now());
      hooks.emit([
        {
          action: 'interviewPlanTransition',
          data: {
            jobId: job.id,
            fromInterviewPlan: { id: from?.id ?? '', title: from?.title ?? '' },
            toInterviewPlan: { id: plan.id, title: plan.title },
            interviewStageMappings: mappings.flatMap(({ stage, to }) =>
              to ? [{ fromInterviewStageId: stage.id, toInterviewStageId: to.id }] : [],
            ),
          },
        },
        { action: 'jobUpdate', data: { job: views.job(job) } },
      ]);
      changed();
    },
  };
};

const rowFor = (
  id: string,
  stage: StoredStage,
  enteredAt: number,
  actorId: string | null,
): HistoryRow => ({ id, stageId: stage.id, title: stage.title, enteredAt, leftAt: null, actorId });

const match = (data: Data, stage: StoredStage, plan: StoredPlan): StoredStage | undefined => {
  const stages = data.stagesOf(plan.id);
  return (
    stages.find((one) => one.title === stage.title) ??
    stages.find((one) => one.type === stage.type) ??
    stages[stage.order]
  );
};
