/** What may be done about a row, by its kind and by who looks at it; the first is the one to do. */
import type { Right } from '../../app/session.ts';
import type { Decision } from '../../parts/effect-decisions/decide.ts';
import { isWeb } from '../../parts/is-web.ts';
import type { Row } from './row.ts';
import type { words } from './words.ts';

export type Change = { effectId: string; decision: Decision } | { refresh: string };

export interface Act {
  name: keyof typeof words.acts;
  /** A page of the app. */
  to?: string;
  /** A page of somebody else. */
  href?: string;
  change?: Change;
  /** Only after a question. */
  ask?: true;
}

export const actsOf = (row: Row, may: (right: Right) => boolean): Act[] => {
  const { kind, candidate, interview, effect, connection } = row;
  const url = candidate?.url ?? '';
  const ats: Act[] = isWeb(url) ? [{ name: 'openAts', href: url }] : [];
  const page: Act[] =
    interview === null ? [] : [{ name: 'openInterview', to: `/interviews/${interview.id}` }];
  const places = [...page, ...ats];
  if (kind === 'connection_paused')
    return may('connections.manage') && connection !== null
      ? [{ name: 'openConnection', to: `/settings/company/${connection.id}` }]
      : [];
  if (effect === null || !may('candidates.act')) return places;
  const decisions = effect.decisions.map((decision): Act => ({
    name: decision,
    change: { effectId: effect.id, decision },
  }));
  const only = (...wanted: readonly Decision[]): Act[] =>
    decisions.filter(({ name }) => wanted.some((one) => one === name));
  const again: Act[] =
    candidate === null ? [] : [{ name: 'refresh', change: { refresh: candidate.id } }];
  switch (kind) {
    case 'effect_unknown':
      return [{ name: 'say', ask: true }, ...only('retry', 'skip'), ...places];
    case 'effect_waiting':
      return [...ats, ...again, ...page, ...only('skip')];
    case 'effect_failed':
      return [...only('retry', 'skip'), ...places];
    case 'effect_under_way':
      return [
        ...places,
        ...only('retry').map((act): Act => ({ ...act, name: 'tryNow' })),
        ...only('skip'),
      ];
    default:
      return places;
  }
};
