/** What is wrong with a text, found at save and again at send. */
import { nearest } from '../nearest.ts';
import { candidateContexts, type Context } from './facts.ts';
import { holdsVariable, parse } from './parse.ts';
import type { Need, Variable } from './value.ts';
import type { Registry } from './variables.ts';

export interface TextProblem {
  code: 'variable_unknown' | 'variable_internal' | 'variable_misplaced' | 'fallback_variable';
  /** As written. */
  variable: string;
  /** Characters from the beginning of the normalised text. */
  at: number;
  message: string;
  /** What was probably meant. */
  suggestion: string | null;
}

export const contextNames: Record<Context, string> = {
  candidate_mail: "the candidate's mail",
  candidate_invite: "the candidate's invite",
  interviewer_invite: "the interviewers' invite",
  itinerary: 'the itinerary',
  note: 'the note',
};

const mayRead = (variable: Variable, context: Context): boolean =>
  variable.audience === 'everyone' ||
  candidateContexts.includes(context) === (variable.audience === 'candidate');

export const check = (text: string, context: Context, registry: Registry): TextProblem[] =>
  parse(text, registry).flatMap((node): TextProblem[] => {
    if (node.kind === 'text') return [];
    const { source, at } = node;
    const where = contextNames[context];
    if (node.kind === 'unknown') {
      const usable = registry.all.filter((one) => mayRead(one, context));
      const suggestion = `$${nearest(node.name, usable.map(({ name }) => name))}`; // prettier-ignore
      const message = `There is no variable ${source}. Did you mean ${suggestion}? Write $$ for a dollar sign.`;
      return [{ code: 'variable_unknown', variable: source, at, message, suggestion }];
    }
    const { variable } = node;
    if (!mayRead(variable, context)) {
      const message =
        variable.audience === 'internal'
          ? `$${variable.name} is internal and must not stand in ${where}. Take it out.`
          : `$${variable.name} acts for whoever holds it and is for the candidate alone. Take it out of ${where}.`;
      return [{ code: 'variable_internal', variable: source, at, message, suggestion: null }];
    }
    if (!variable.contexts.includes(context)) {
      const message = `$${variable.name} means nothing in ${where}. It belongs in ${variable.contexts.map((one) => contextNames[one]).join(', ')}.`;
      return [{ code: 'variable_misplaced', variable: source, at, message, suggestion: null }];
    }
    if (node.fallback !== null && holdsVariable(node.fallback)) {
      const message = `What follows the bar in ${source} is a text and no variable: it would be sent as it stands. Write words there, such as $${variable.name}|there.`;
      return [{ code: 'fallback_variable', variable: source, at, message, suggestion: null }];
    }
    return [];
  });

/** What a text makes necessary at coding platforms, each once. */
export const needsOf = (text: string, registry: Registry): Need[] => {
  const needs = parse(text, registry).flatMap((node) =>
    node.kind === 'variable' && node.variable.need ? [node.variable.need] : [],
  );
  const key = ({ scope, platform, resource }: Need): string => `${scope}/${platform}/${resource}`;
  return [...new Map(needs.map((need) => [key(need), need])).values()];
};
