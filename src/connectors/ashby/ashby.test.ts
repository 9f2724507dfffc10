import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atsConformance } from '#connectors/conformance-ats.ts';
import { interviewsConformance } from '#connectors/conformance-interviews.ts';
import { createEmulator } from './emulator/index.ts';
import {
  applicationsOf,
  cancelInterview,
  firstActive,
  move,
  otherStage,
  playground,
} from './fixtures/testing.ts';
import { unknownId } from './fixtures/test-rig.ts';
import ashby from './index.ts';

describe('in the emulated Ashby', () => {
  test('stages are told apart by their plan', async () => {
    const { ats, called } = playground();
    const stages = await ats.stages();
    const quizzes = stages.filter(({ name }) => name === 'Technical Quiz');
    assert.deepEqual(
      quizzes.map(({ group }) => group?.name),
      ['Engineering', 'Engineering (short)'],
    );
    assert.equal(new Set(stages.map(({ id }) => id)).size, stages.length);
    assert.deepEqual(called(), [
      'interviewPlan.list',
      'interviewStage.list',
      'interviewStage.list',
    ]);
  });

  test('jobs are open or not, and drafts are none', async () => {
    const jobs = await playground().ats.jobs();
    for (const job of jobs) {
      assert.equal(job.department, 'Engineering');
      assert.equal(job.location, 'Berlin');
    }
    assert.ok(jobs.some((job) => job.open) && jobs.some((job) => !job.open));
    assert.equal(
      jobs.some(({ name }) => name === 'Site Reliability Engineer'),
      false,
    );
  });

  test('users who left are listed as such', async () => {
    const users = await playground().ats.users();
    assert.deepEqual([...new Set(users.map(({ active }) => active))].toSorted(), [false, true]);
  });

  test('a candidacy takes two calls and ends in the present stage', async () => {
    const world = playground();
    const { id, candidate } = await firstActive(world);
    const tag = (await world.ats.tags())[0];
    assert.ok(tag);
    await world.play('candidate.addTag', { candidateId: candidate.id, tagId: tag.id });
    const found = await world.ats.candidate(id);
    assert.deepEqual(world.called(), ['application.info', 'candidate.info']);
    assert.ok(found);
    assert.equal(found.personId, candidate.id);
    assert.ok(found.tags.includes(tag.id));
    assert.equal(found.entries.at(-1)?.stageId, found.stageId);
    assert.match(found.url, /^http:\/\/emulator\.test\/ashby\/candidate-searches\//);
  });

  test('everybody in a stage is found, page after page, and nobody else', async () => {
    const world = playground(260);
    const all = await applicationsOf(world);
    const stageId = (await firstActive(world)).currentInterviewStage.id;
    const expected = all
      .filter((one) => one.status === 'Active' && one.currentInterviewStage.id === stageId)
      .map(({ id }) => id);
    const found: string[] = [];
    let pages = 0;
    for (let cursor: string | null = null; pages === 0 || cursor !== null; pages += 1) {
      const page = await world.ats.inStage(stageId, cursor);
      found.push(...page.items.map(({ remoteId }) => remoteId));
      cursor = page.next;
    }
    assert.ok(pages > 1 && expected.length > 1);
    assert.deepEqual(found.toSorted(), expected.toSorted());
  });

  test('nobody is in a stage of the archived, which costs one call', async () => {
    const world = playground();
    const archived = (await world.ats.stages()).find(({ name }) => name === 'Archived');
    assert.ok(archived);
    world.called();
    assert.deepEqual(await world.ats.inStage(archived.id, null), { items: [], next: null });
    assert.deepEqual(world.called(), ['interviewStage.info']);
  });

  test('a search by address or by name finds all candidacies of a person', async () => {
    const world = playground();
    const { candidate } = await firstActive(world);
    const person = await world.play('candidate.info', { id: candidate.id });
    const { primaryEmailAddress, applicationIds } = person.results as {
      primaryEmailAddress: { value: string };
      applicationIds: string[];
    };
    for (const query of [
      { email: primaryEmailAddress.value },
      { name: candidate.name },
      { email: 'nobody@candidates.example', name: candidate.name },
    ]) {
      const found = (await world.ats.search(query)).map(({ remoteId }) => remoteId);
      for (const id of applicationIds) assert.ok(found.includes(id), JSON.stringify(query));
    }
    assert.deepEqual(await world.ats.search({}), []);
  });

  test('a note is found behind a hundred others', async () => {
    const world = playground();
    const { id, candidate } = await firstActive(world);
    for (let index = 0; index < 120; index += 1) {
      const ref = index === 60 ? 'cccc3333' : `other${String(index)}`;
      await world.play('candidate.createNote', {
        candidateId: candidate.id,
        note: `Seen [ref:${ref}]`,
      });
    }
    const last = await world.ats.addNote(id, [['Done']], 'dddd4444');
    world.called();
    assert.deepEqual(await world.ats.findNote(id, 'dddd4444'), last);
    assert.ok(await world.ats.findNote(id, 'cccc3333'));
    assert.equal(world.called().filter((path) => path === 'candidate.listNotes').length, 4);
  });
});

atsConformance(ashby, createEmulator, {
  unknownId,
  unknownPersonId: unknownId,
  otherStage,
  move,
  wrongKey: { apiKey: 'a-key-that-nobody-made' },
});

interviewsConformance(ashby, createEmulator, {
  cancel: cancelInterview,
  stranger: { userId: unknownId, email: 'nobody@elsewhere.example' },
  bare403: 'unauthorized',
});
