/** The two emulated ATSs as the benches use them: who can be moved, and what a note looks like. */
import type { RecordedRequest } from '#connectors/emulator.ts';
import type { State as AshbyState } from '#connectors/ashby/emulator/model.ts';
import type { LeverState } from '#connectors/lever/emulator/state.ts';
import type { Stage } from './stage.ts';

export interface Mover {
  /** The candidacy's id, as webhooks name it. */
  id: string;
  /** Presses the button that moves it to the stage of the rule. */
  enter(): Promise<void>;
  /** Whether this request to the vendor wrote a note about it. */
  isNote(request: RecordedRequest): boolean;
}

export interface BenchAts {
  id: 'lever' | 'ashby';
  /** Stages that the rule is about. */
  stageIds: string[];
  movers: Mover[];
  /** Notes by the hub at the vendor now. */
  countNotes(): number;
}

const isOurs = (text: string): boolean => text.includes('[ref:');

const basic = (key = ''): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
});

interface Opportunity {
  id: string;
  emails: string[];
  stage: string;
  archived: unknown;
  applications: string[];
  confidentiality?: string;
}

/** Over the vendor's API, as a snapshot holds only what was changed. */
const opportunities = async (stage: Stage): Promise<Opportunity[]> => {
  const { apiBase = '', apiKey } = stage.emulator('lever').credentials();
  const found: Opportunity[] = [];
  let offset: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '100', ...(offset ? { offset } : {}) });
    const response = await fetch(`${apiBase}/opportunities?${query.toString()}`, {
      headers: basic(apiKey),
    });
    const page = (await response.json()) as { data: Opportunity[]; next?: string };
    found.push(...page.data);
    offset = page.next;
  } while (offset !== undefined);
  return found;
};

export const leverSide = async (stage: Stage): Promise<BenchAts> => {
  const emulator = stage.emulator('lever');
  const state = (): LeverState => emulator.snapshot() as LeverState;
  const target = state().stages.find((one) => one.text.toLowerCase() === 'recruiter screen');
  if (!target) throw new Error('bench: the emulated Lever has no stage "Recruiter screen".');
  const all = await opportunities(stage);
  const people = new Set<string>();
  const movers = all.flatMap((one): Mover[] => {
    const [email] = one.emails;
    const fits = one.stage !== target.id && one.archived === null && one.applications.length > 0;
    // One candidacy a person: the checks count by address.
    if (!fits || email === undefined || people.has(email)) return [];
    people.add(email);
    return [
      {
        id: one.id,
        enter: () => stage.form(`/lever/candidates/${one.id}/stage`, { stage: target.id }),
        isNote: ({ method, path }) =>
          method === 'POST' && path.includes(`/opportunities/${one.id}/notes`),
      },
    ];
  });
  return {
    id: 'lever',
    stageIds: [target.id],
    movers,
    countNotes: () =>
      state().notes.filter((note) => note.comments.some((one) => isOurs(one.value))).length,
  };
};

export const ashbySide = (stage: Stage): BenchAts => {
  const emulator = stage.emulator('ashby');
  const state = (): AshbyState => emulator.snapshot() as AshbyState;
  const begin = state();
  const targets = begin.stages.filter((one) => one.title === 'Technical Interview');
  const targetOf = new Map(targets.map((one) => [one.planId, one.id]));
  const stageOf = new Map(begin.stages.map((one) => [one.id, one]));
  const applications = new Map(begin.applications.map((one) => [one.id, one]));
  const movers = begin.candidates.flatMap((person): Mover[] => {
    const [only, ...others] = person.applicationIds.map((id) => applications.get(id));
    const at = only && stageOf.get(only.stageId);
    const target = at && targetOf.get(at.planId);
    if (!only || others.length > 0 || at?.type !== 'Active' || target === undefined) return [];
    if (at.id === target) return [];
    const fields = { stage: target, application: only.id };
    return [
      {
        id: only.id,
        enter: () => stage.form(`/ashby/candidates/${person.id}/stage`, fields),
        isNote: ({ path, body }) =>
          path.includes('candidate.createNote') && body.includes(person.id),
      },
    ];
  });
  return {
    id: 'ashby',
    stageIds: targets.map((one) => one.id),
    movers,
    countNotes: () => state().notes.filter((note) => isOurs(note.content)).length,
  };
};
