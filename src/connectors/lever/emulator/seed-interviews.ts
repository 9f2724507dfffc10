/** The account's feedback forms, and a panel that was scheduled in Lever itself. */
import type {
  FeedbackTemplateRecord,
  LeverState,
  OpportunityRecord,
  PanelRecord,
} from './state.ts';
import type { Mint } from './mint.ts';

const hour = 3_600_000;
const scores = ['1 - Strong No Hire', '2 - No Hire', '3 - Hire', '4 - Strong Hire'];

const forms = [
  ['Phone screen', ['Communication', 'Motivation']],
  ['Coding interview', ['Problem solving', 'Code quality']],
  ['System design', ['Trade-offs', 'Depth']],
  ['Team fit', ['Collaboration']],
] as const;

/** [doc] Exactly one field of a form is a `score-system`. */
export const seedFeedbackTemplates = (mint: Mint, now: number): FeedbackTemplateRecord[] =>
  forms.map(([text, questions]) => ({
    id: mint.uuid(),
    text,
    instructions: `Fill this in within a day of the ${text.toLowerCase()}.`,
    fields: [
      {
        id: mint.uuid(),
        type: 'score-system',
        text: 'Rating',
        description: 'The candidate as a whole',
        required: true,
        options: scores.map((score) => ({ text: score })),
      },
      ...questions.map((question) => ({
        id: mint.uuid(),
        type: 'textarea' as const,
        text: question,
        description: '',
        required: false,
      })),
    ],
    createdAt: now,
    updatedAt: now,
  }));

/** Not externally managed, so no integration may change it. */
export const seedPanel = (
  { users, feedbackTemplates }: Pick<LeverState, 'users' | 'feedbackTemplates'>,
  mint: Mint,
  opportunity: OpportunityRecord,
): PanelRecord => {
  const { stage, createdAt } = opportunity;
  const user = users[2]?.id ?? '';
  const common = { user, stage, createdAt, canceledAt: null, feedbackReminder: 'daily' as const };
  const feedbackTemplate = feedbackTemplates[3]?.id ?? null;
  return {
    ...common,
    id: mint.uuid(),
    opportunity: opportunity.id,
    applications: opportunity.application ? [opportunity.application.id] : [],
    timezone: 'Europe/Paris',
    note: null,
    externalUrl: null,
    externallyManaged: false,
    interviews: [
      {
        ...common,
        id: mint.uuid(),
        subject: 'Meet the team',
        note: null,
        location: 'Paris office',
        interviewers: [{ id: users[6]?.id ?? '', feedbackTemplate }],
        date: createdAt + 48 * hour,
        duration: 45,
        feedbackTemplate,
      },
    ],
  };
};
