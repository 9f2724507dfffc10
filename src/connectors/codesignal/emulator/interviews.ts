/** What can happen to live interviews and their templates: the API and the pages act through this. */
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { refuse } from './refuse.ts';
import { hour, makeId, nextRandom, type Interview, type State, type Template } from './state.ts';
import type { Webhooks } from './webhooks.ts';

/** `LiveInterviewInput` of the schema. */
export interface InterviewFields {
  candidateEmail?: string | null;
  candidateName?: string | null;
  teamId?: string | null;
  interviewerId?: string | null;
  templateId?: string | null;
  lockTemplate?: boolean | null;
  /** Milliseconds. */
  expirationTime?: number | null;
  trackCandidateLocation?: boolean | null;
  disableDescriptionCopy?: boolean | null;
}

/** Bounds of a link's life [doc]; the default where neither caller nor template says [inferred]. */
const shortest = hour;
const longest = 336 * hour;
const usual = 168 * hour;

export type Interviews = ReturnType<typeof createInterviews>;

export const createInterviews = (setup: {
  options: EmulatorOptions;
  state: State;
  webhooks: Webhooks;
}) => {
  const { options, state, webhooks } = setup;
  const cancels = new Map<string, () => void>();

  const templateOf = (id: string | null): Template | undefined =>
    state.templates.find((one) => one.id === id);

  const find = (id: string): Interview =>
    state.interviews.find((one) => one.id === id) ??
    refuse('NOT_FOUND', 'Live interview not found');

  const check = (fields: InterviewFields): void => {
    const lifetime = fields.expirationTime ?? longest;
    if (lifetime < shortest || lifetime > longest)
      refuse('BAD_USER_INPUT', 'expirationTime must be between 1 and 336 hours');
    if (fields.templateId && !templateOf(fields.templateId))
      refuse('BAD_USER_INPUT', 'Interview template not found');
  };

  const isExpired = (interview: Interview): boolean =>
    interview.status === 'pending' && options.now() >= interview.expiresAt;

  const finish = (interview: Interview): void => {
    interview.status = 'over';
    interview.finishDate = options.now();
    const tasks = templateOf(interview.templateId)?.tasks.length ?? 0;
    webhooks.announce('liveInterviewFinished', {
      interviewId: interview.id,
      candidateName: interview.candidateName,
      candidateEmail: interview.candidateEmail,
      startDate: interview.startDate,
      endDate: interview.finishDate,
      questionsSolved: interview.code === '' ? 0 : tasks,
      questionsAttempted: tasks,
      url: `${options.origin}/interviews?status=over&liveInterviewId=${interview.id}`,
    });
    options.changed();
  };

  /** "The interviewer ends it, or it times out" [doc]: a room that is still open when its link dies. */
  const watch = (interview: Interview): void => {
    cancels.get(interview.id)?.();
    const cancel = options.later(Math.max(0, interview.expiresAt - options.now()), () => {
      if (interview.status === 'active') finish(interview);
    });
    cancels.set(interview.id, cancel);
  };

  for (const one of state.interviews) if (one.status === 'active') watch(one);

  return {
    state,
    templateOf,
    find,
    isExpired,
    urlOf: (interview: Interview): string => `${options.origin}/live-interview/${interview.id}`,
    shortUrlOf: (interview: Interview): string => `${options.origin}/i/${interview.id.slice(0, 8)}`,

    create(fields: InterviewFields): Interview {
      check(fields);
      const template = fields.templateId
        ? templateOf(fields.templateId)
        : state.templates.find((one) => one.isCompanyDefault);
      const lifetime = fields.expirationTime ?? template?.defaultExpirationTime ?? usual;
      const interview: Interview = {
        id: makeId(nextRandom(options.seed, state)),
        candidateName: fields.candidateName ?? null,
        candidateEmail: fields.candidateEmail ?? null,
        templateId: template?.id ?? null,
        lockTemplate: fields.lockTemplate ?? false,
        status: 'pending',
        createdAt: options.now(),
        expiresAt: options.now() + lifetime,
        startDate: null,
        finishDate: null,
        trackCandidateLocation: fields.trackCandidateLocation ?? false,
        disableDescriptionCopy: fields.disableDescriptionCopy ?? false,
        people: [],
        code: '',
        feedback: null,
      };
      state.interviews.push(interview);
      watch(interview);
      options.changed();
      return interview;
    },

    /** A new `expirationTime` counts from now [inferred]. */
    edit(id: string, fields: InterviewFields): Interview {
      const interview = find(id);
      check(fields);
      const { candidateName, candidateEmail, templateId, lockTemplate, expirationTime } = fields;
      if (candidateName !== undefined) interview.candidateName = candidateName;
      if (candidateEmail !== undefined) interview.candidateEmail = candidateEmail;
      if (templateId) interview.templateId = templateId;
      interview.lockTemplate = lockTemplate ?? interview.lockTemplate;
      if (expirationTime) interview.expiresAt = options.now() + expirationTime;
      watch(interview);
      options.changed();
      return interview;
    },

    remove(id: string): string {
      const interview = find(id);
      if (interview.status === 'deleted') refuse('NOT_FOUND', 'Live interview not found');
      interview.status = 'deleted';
      options.changed();
      return interview.id;
    },

    /** Until the interviewer begins, everybody waits in the lobby. */
    join(interview: Interview, name: string, interviewer: boolean): void {
      if (!interview.people.some((one) => one.name === name && one.interviewer === interviewer))
        interview.people.push({ name, interviewer });
      options.changed();
    },

    begin(interview: Interview): boolean {
      if (interview.status !== 'pending' || isExpired(interview)) return false;
      interview.status = 'active';
      interview.startDate = options.now();
      options.changed();
      return true;
    },

    write(interview: Interview, code: string): boolean {
      if (interview.status !== 'active') return false;
      interview.code = code;
      options.changed();
      return true;
    },

    end(interview: Interview): boolean {
      if (interview.status !== 'active') return false;
      finish(interview);
      return true;
    },

    giveFeedback(interview: Interview, feedback: { notes: string; evaluation: string }): void {
      interview.feedback = feedback;
      webhooks.announce('liveInterviewFeedbackUpdated', {
        interviewId: interview.id,
        interviewerId: state.keys[0]?.id ?? 'user',
        feedback: { generalNotes: feedback.notes, overallEvaluation: feedback.evaluation },
      });
      options.changed();
    },

    addTemplate(name: string, tasks: string[]): Template {
      const template: Template = {
        id: makeId(nextRandom(options.seed, state)),
        name,
        tasks,
        defaultExpirationTime: null,
        isCompanyDefault: false,
      };
      state.templates.push(template);
      options.changed();
      return template;
    },

    stop(): void {
      for (const cancel of cancels.values()) cancel();
    },
  };
};
