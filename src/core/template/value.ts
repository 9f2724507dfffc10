/** What a variable stands for: lines of pieces, rendered by `render.ts` for whoever reads them. */
import type { Context, Facts, LinkFact } from './facts.ts';

export type Piece = string | { to: LinkFact };
export type Value = readonly (readonly Piece[])[];

/** What a text makes necessary at a coding platform by naming a variable. */
export interface Need {
  scope: 'interview' | 'event';
  /** The vendor's name as it stands in the variable: `CodeSignal`. */
  platform: string;
  resource: 'live' | 'template';
}

/**
 * - `everyone`: may stand in any text
 * - `internal`: never in a text that the candidate reads
 * - `candidate`: a link that acts for its bearer; never in a text for anybody else
 */
export type VariableAudience = 'everyone' | 'internal' | 'candidate';

export interface Variable {
  /** Without the `$`. */
  name: string;
  /** Other spellings that are understood, GoodTime's among them. */
  aliases: readonly string[];
  audience: VariableAudience;
  contexts: readonly Context[];
  describes: string;
  sample: string;
  need: Need | null;
  read(facts: Facts, context: Context): Value;
}

export const textValue = (text: string): Value => [[text]];
export const linkValue = (fact: LinkFact | null): Value => (fact === null ? [] : [[{ to: fact }]]);
export const listValue = (items: readonly string[]): Value => [[items.join(', ')]];

/** Nothing to show: no line, or only empty ones. A link that is still to come is not nothing. */
export const isEmpty = (value: Value): boolean =>
  value.every((line) =>
    line.every((piece) => typeof piece === 'string' && piece.trim().length === 0),
  );
