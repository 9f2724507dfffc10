/** What can be done in the account, by API or by a person. */
import { createCandidacies, type Candidacies } from './candidacies.ts';
import { createNotes, type Notes } from './notes.ts';
import { createPanels, type Panels } from './panels.ts';
import { createPostings, type Postings } from './postings.ts';
import { createTeam, type Team } from './team.ts';
import type { World } from './world.ts';

export interface Acts {
  candidacies: Candidacies;
  notes: Notes;
  panels: Panels;
  postings: Postings;
  team: Team;
}

export const createActs = (world: World): Acts => ({
  candidacies: createCandidacies(world),
  notes: createNotes(world),
  panels: createPanels(world),
  postings: createPostings(world),
  team: createTeam(world),
});
