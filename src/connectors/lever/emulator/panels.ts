/** Panels and their interviews, by API or by a person, with the events they cause. */
import { legacyCandidateId } from './candidacies.ts';
import { badRequest } from './errors.ts';
import type { InterviewRecord, OpportunityRecord, PanelRecord, UserRecord } from './state.ts';
import type { World } from './world.ts';

/** What a request says of an interview. */
export type InterviewContent = Omit<
  InterviewRecord,
  'id' | 'user' | 'stage' | 'createdAt' | 'canceledAt'
>;

/** What a request says of a panel; what it leaves out has its default here. */
export type PanelContent = Pick<
  PanelRecord,
  'applications' | 'timezone' | 'note' | 'externalUrl' | 'feedbackReminder'
> & {
  /** With the id of a present interview, or without one for a new interview. */
  interviews: Array<InterviewContent & { id?: string }>;
};

export interface Panels {
  of(opportunity: OpportunityRecord): PanelRecord[];
  create(opportunity: OpportunityRecord, content: PanelContent, actor: UserRecord): PanelRecord;
  /** Interviews that are left out are removed. */
  replace(panel: PanelRecord, content: PanelContent, actor: UserRecord): void;
  remove(panel: PanelRecord): void;
  addInterview(panel: PanelRecord, content: InterviewContent, actor: UserRecord): InterviewRecord;
  replaceInterview(panel: PanelRecord, interview: InterviewRecord, content: InterviewContent): void;
  /** [doc] With its last interview the panel goes too. */
  removeInterview(panel: PanelRecord, interview: InterviewRecord): void;
  /** A person calls it off in Lever: gone from the profile, still readable with `canceledAt`. */
  cancel(panel: PanelRecord): void;
  /** A person deletes it in Lever, whoever made it. */
  erase(panel: PanelRecord): void;
  /** [doc] What archiving with `cleanInterviews` does: interviews to come are removed. */
  clean(opportunity: OpportunityRecord): void;
}

export const createPanels = ({ state, index, hooks, mint, options }: World): Panels => {
  const stageOf = (panel: PanelRecord): string =>
    index.opportunities.get(panel.opportunity)?.stage ?? panel.stage;

  const fire = (
    event: 'interviewCreated' | 'interviewUpdated' | 'interviewDeleted',
    panel: PanelRecord,
    interview: InterviewRecord,
  ): void => {
    const stamp = {
      interviewCreated: 'createdAt',
      interviewUpdated: 'updatedAt',
      interviewDeleted: 'deletedAt',
    }[event];
    const data = {
      interviewId: interview.id,
      panelId: panel.id,
      opportunityId: panel.opportunity,
      candidateId: legacyCandidateId(panel.opportunity),
      [stamp]: options.now(),
    };
    hooks.fire(event, data, null);
  };

  const newInterview = (
    content: InterviewContent,
    panel: Pick<PanelRecord, 'stage'>,
    actor: UserRecord,
  ): InterviewRecord => ({
    ...content,
    id: mint.uuid(),
    user: actor.id,
    stage: panel.stage,
    createdAt: options.now(),
    canceledAt: null,
  });

  const mustBeExternal = (panel: PanelRecord): void => {
    if (!panel.externallyManaged)
      throw badRequest('Only panels whose externallyManaged is true can be changed via the API');
  };

  const drop = (panel: PanelRecord): void => {
    state.panels = state.panels.filter((one) => one !== panel);
    for (const interview of panel.interviews) fire('interviewDeleted', panel, interview);
  };

  const dropInterview = (panel: PanelRecord, interview: InterviewRecord): void => {
    if (panel.interviews.length === 1) {
      drop(panel);
      return;
    }
    panel.interviews = panel.interviews.filter((one) => one !== interview);
    fire('interviewDeleted', panel, interview);
  };

  return {
    of: ({ id }) => state.panels.filter((panel) => panel.opportunity === id),
    create(opportunity, { interviews, ...content }, actor) {
      const { stage } = opportunity;
      const panel: PanelRecord = {
        ...content,
        id: mint.uuid(),
        opportunity: opportunity.id,
        externallyManaged: true,
        user: actor.id,
        stage,
        createdAt: options.now(),
        canceledAt: null,
        interviews: interviews.map((one) => newInterview(one, { stage }, actor)),
      };
      state.panels.push(panel);
      for (const interview of panel.interviews) fire('interviewCreated', panel, interview);
      return panel;
    },
    replace(panel, { interviews, ...content }, actor) {
      mustBeExternal(panel);
      const before = panel.interviews;
      const stage = stageOf(panel);
      const after = interviews.map(({ id, ...one }) => {
        const known = before.find((interview) => interview.id === id);
        if (id !== undefined && !known)
          throw badRequest(`interview ${id} does not belong to this panel`);
        return known ? { ...known, ...one } : newInterview(one, { stage }, actor);
      });
      if (new Set(after.map(({ id }) => id)).size < after.length)
        throw badRequest('interviews holds an interview twice');
      Object.assign(panel, content, { interviews: after });
      for (const one of after)
        fire(
          before.some(({ id }) => id === one.id) ? 'interviewUpdated' : 'interviewCreated',
          panel,
          one,
        );
      for (const one of before)
        if (!after.some(({ id }) => id === one.id)) fire('interviewDeleted', panel, one);
    },
    remove(panel) {
      mustBeExternal(panel);
      drop(panel);
    },
    addInterview(panel, content, actor) {
      mustBeExternal(panel);
      const interview = newInterview(content, { stage: stageOf(panel) }, actor);
      panel.interviews.push(interview);
      fire('interviewCreated', panel, interview);
      return interview;
    },
    replaceInterview(panel, interview, content) {
      mustBeExternal(panel);
      Object.assign(interview, content);
      fire('interviewUpdated', panel, interview);
    },
    erase: drop,
    removeInterview(panel, interview) {
      mustBeExternal(panel);
      dropInterview(panel, interview);
    },
    cancel(panel) {
      panel.canceledAt = options.now();
      for (const interview of panel.interviews) {
        interview.canceledAt ??= options.now();
        fire('interviewDeleted', panel, interview);
      }
    },
    clean(opportunity) {
      for (const panel of state.panels.filter((one) => one.opportunity === opportunity.id))
        for (const interview of panel.interviews.filter(({ date }) => date > options.now()))
          dropInterview(panel, interview);
    },
  };
};
