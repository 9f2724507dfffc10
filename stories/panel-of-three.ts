/** Lever with three interviewers, and interviews of three events, one for each of them. */
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat } from './panel.ts';
import { leverOf } from './vendors.ts';
import type { World } from './world.ts';

export const panelOfThree = async (world: World) => {
  await joinLever(world, 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov');
  const connectionId = await hubOf(world).connect('lever');
  const posting = (await leverOf(world).postings())[0]?.id ?? '';
  const panel = panelOf(world);
  const people = [
    await panel.person('Alan Turing'),
    await panel.person('Edsger Dijkstra'),
    await panel.person('Barbara Liskov'),
  ];

  /** Three events from this hour on, with the default texts unless said. */
  const scheduled = async (name: string, hours: number, texts: object = {}) => {
    const candidate = await applyAtLever(world, name, { posting });
    const { id } = await panel.schedule({
      connectionId,
      candidateId: candidate.id,
      layer: { texts },
      events: people.map((one, index) => ({
        name: `Event ${String(index + 1)}`,
        minutes: 60,
        start: panel.at(hours + index),
        seats: [seat(one)],
      })),
    });
    await panel.settled(id);
    return { id, candidate };
  };

  return { ...panel, connectionId, posting, people, scheduled };
};
