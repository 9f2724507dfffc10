/** What is wrong with the texts of a plan, and with what they open at coding platforms. */
import type { CodingChoice, Plan, PlannedEvent } from '#core/interview/model.ts';
import { openedBy, unchosenIn } from '#core/interview/sessions.ts';
import { check } from '#core/template/check.ts';
import type { Context } from '#core/template/facts.ts';
import type { Registry } from '#core/template/variables.ts';

export interface TextFault {
  code: string;
  message: string;
  field: string;
  /** Else it is worth a look, and no more. */
  blocks: boolean;
}

interface PlacedText {
  /** That it came from. */
  field: string;
  text: string;
  /** Where it stands. */
  context: Context;
  /** Of which it speaks. */
  events: readonly PlannedEvent[];
}

const textsOf = ({ texts, events }: Plan): PlacedText[] => {
  const met = events.filter(({ internal }) => !internal);
  const usual = events.filter(({ interviewerInvite }) => interviewerInvite === null);
  const both = (
    field: string,
    text: { title?: string; subject?: string; body: string } | null,
    context: Context,
    about: readonly PlannedEvent[],
  ) =>
    text === null
      ? []
      : Object.entries(text).map(([part, words]) => ({ field: `${field}.${part}`, text: words, context, events: about }));
  return [
    ...both('texts.candidateMail', texts.candidateMail, 'candidate_mail', met),
    ...both('texts.candidateInvite', texts.candidateInvite, 'candidate_invite', met),
    ...both('texts.interviewerInvite', texts.interviewerInvite, 'interviewer_invite', usual),
    { field: 'texts.itinerary', text: texts.itinerary, context: 'itinerary', events },
    ...events.flatMap((event, index) =>
      both(`events.${String(index)}.interviewerInvite`, event.interviewerInvite, 'interviewer_invite', [event]),
    ),
  ];
}; // prettier-ignore

const isSame = (one: CodingChoice, other: CodingChoice): boolean =>
  one.connectionId === other.connectionId && one.kind === other.kind && one.id === other.id;

/** `gone`: choices that their vendors' lists have no more. */
export const checkTexts = (
  plan: Plan,
  registry: Registry,
  gone: readonly CodingChoice[] = [],
): TextFault[] =>
  textsOf(plan).flatMap(({ field, text, context, events }) => [
    ...check(text, context, registry).map(({ code, message }) => ({ code, message, field, blocks: true })),
    ...unchosenIn(text, plan, registry).map(({ platform, hasRooms }) => ({
      code: 'choice_missing',
      message: hasRooms
        ? `$Interview.${platform}.Template.Link opens a plain room: nothing is chosen at ${platform}. Choose a template or a test for this interview, or in its template.`
        : `$Interview.${platform}.Template.Link has nothing to give: no test is chosen at ${platform}. Choose one for this interview or in its template, or take the variable out.`,
      field,
      blocks: !hasRooms,
    })),
    ...openedBy(text, plan, events, registry)
      .filter((one) => gone.some((other) => isSame(one, other)))
      .map(({ platform, kind, id, name }) => ({
        code: 'choice_gone',
        message: `“${name ?? id ?? ''}” is no longer among the ${kind ?? ''}s of ${platform}, which may refuse it. Choose another for this interview or its event, or in its template.`,
        field,
        blocks: false,
      })),
  ]); // prettier-ignore
