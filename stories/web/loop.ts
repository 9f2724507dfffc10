/** A hub with an ATS, interviewers and a template of two events: what the scheduling screen is opened on. */
import { hubOf } from '../hub-side.ts';
import { applyAtLever, joinLever } from '../newcomers.ts';
import { panelOf, seat } from '../panel.ts';
import { leverOf } from '../vendors.ts';
import type { App } from './app.ts';

export interface LoopWorld {
  connectionId: string;
  /** By first name. */
  people: Readonly<Record<'ana' | 'ben' | 'cy', string>>;
  templateId: string;
  /** Makes a candidate of the template's job; answers with its id in the ATS. */
  candidate(name: string): Promise<string>;
  /** Where the ATS's link leads. */
  pathOf(candidateId: string): string;
}

export const loopWorld = async (app: App): Promise<LoopWorld> => {
  const { world } = app;
  const { person } = panelOf(world);
  await joinLever(world, 'Ana Arlt', 'Ben Brecht', 'Cy Celan');
  const connectionId = await hubOf(world).connect('lever');
  const jobId = (await leverOf(world).postings())[0]?.id ?? '';
  const people = {
    ana: await person('Ana Arlt'),
    ben: await person('Ben Brecht'),
    cy: await person('Cy Celan'),
  };
  const { id: templateId } = await world.api.post<{ id: string }>('/templates', {
    name: 'Backend loop',
    connectionId,
    jobId,
    layer: {
      interviewName: 'Backend interview',
      events: [
        { name: 'Coding', minutes: 60, seats: [seat(people.ana)] },
        { name: 'Design', minutes: 45, seats: [seat(people.ben)] },
      ],
    },
  });
  return {
    connectionId,
    people,
    templateId,
    candidate: async (name) => (await applyAtLever(world, name, { posting: jobId })).id,
    pathOf: (candidateId) => `/schedule?connection=${connectionId}&candidate=${candidateId}`,
  };
};
