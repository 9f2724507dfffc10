/** The hub puts its own link on candidates: from there the ATS's people come to the scheduler. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf, type Effect, type HubSide } from './hub-side.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf, leverOf, type Ashby, type Lever } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let hub: HubSide;

interface Side {
  connectionId: string;
  /** Applies and stands in a stage that no template is for; `id` is the candidacy's. */
  apply(name: string): Promise<Applicant>;
  /** The vendor's request that puts the link there. */
  puts: string;
}

interface Applicant {
  id: string;
  /** Moved to the template's stage, whether the hub hears of it or not. */
  move(): Promise<void>;
  enter(): Promise<void>;
  leave(): Promise<void>;
  /** Addresses of the scheduler that the ATS shows on the candidate. */
  links(): Promise<string[]>;
}

const address = /https?:\/\/[^\s"<]+\/schedule\?[^\s"<]+/;

const leverSide = async (lever: Lever): Promise<Side> => {
  const connectionId = await hub.connect('lever');
  const [posting] = await lever.postings();
  const stageId = await lever.stage('Recruiter screen');
  await world.api.post('/templates', { name: 'Screen', connectionId, stageId, layer: {} });
  return {
    connectionId,
    puts: '/addLinks',
    async apply(name) {
      const { id } = await applyAtLever(world, name, { posting: posting?.id ?? '' });
      await hub.seen(id, 'applicant-new');
      const go = async (stage: string) => {
        await lever.move(id, stage);
        await hub.seen(id, stage);
      };
      return {
        id,
        move: async () => {
          await lever.move(id, stageId);
        },
        enter: () => go(stageId),
        leave: () => go('offer'),
        links: async () => (await lever.links(id)).filter((link) => address.test(link)),
      };
    },
  };
};

const ashbySide = async (ashby: Ashby): Promise<Side> => {
  const connectionId = await hub.connect('ashby');
  const jobs = await hub.choices(connectionId, 'jobs');
  const job = jobs.find(({ name }) => name === 'Backend Engineer')?.id ?? '';
  const template = { name: 'Quiz', connectionId, layer: {} };
  let stageId = '';
  return {
    connectionId,
    puts: '/candidate.createNote',
    async apply(name) {
      const one = await applyAtAshby(world, ashby, name, { job });
      await hub.seen(one.id, one.currentInterviewStage.id);
      if (stageId === '') {
        stageId = await ashby.stage(one, 'Technical Quiz');
        await world.api.post('/templates', { ...template, stageId });
      }
      const go = async (stage: string) => {
        await ashby.move(one, stage);
        await hub.seen(one.id, stage);
      };
      return {
        id: one.id,
        move: async () => {
          await ashby.move(one, stageId);
        },
        enter: () => go(stageId),
        leave: () => go(one.currentInterviewStage.id),
        links: async () =>
          (await ashby.notes(one.candidate.id)).flatMap((note) => {
            const [link] = address.exec(note) ?? [];
            assert.ok(link === undefined || note.includes('Schedule with Loopwright: '), note);
            return link === undefined ? [] : [link.replaceAll('&amp;', '&')];
          }),
      };
    },
  };
};

let sides: Record<'lever' | 'ashby', Side>;

before(async () => {
  world = await startWorld({ sandbox: { only: ['lever', 'ashby', 'codingame'], candidates: 4 } });
  hub = hubOf(world);
  sides = { lever: await leverSide(leverOf(world)), ashby: await ashbySide(ashbyOf(world)) };
});

after(() => world.close());

const change = (id: string, scheduleLink: boolean) =>
  world.api.call('PATCH', `/connections/${id}`, { scheduleLink });

const turn = async (scheduleLink: boolean): Promise<void> => {
  for (const { connectionId } of Object.values(sides))
    assert.equal((await change(connectionId, scheduleLink)).status, 200);
};

/** The hub at the same port as before, with or without being told its address. */
const restart = (address?: string): Promise<void> => {
  const { port, origin } = new URL(world.url);
  return world.restart({
    env: { PORT: port, ...(address === undefined ? {} : { LOOPWRIGHT_PUBLIC_URL: origin }) },
  });
};

const effectOf = async ({ id }: Applicant): Promise<Effect> => {
  const [effect, ...others] = await hub.effects(id);
  assert.deepEqual(others, [], 'one effect');
  assert.ok(effect);
  return effect;
};

const settled = (one: Applicant, state: string) =>
  until(`the link is ${state}`, async () => {
    const [effect] = await hub.effects(one.id);
    return effect?.state === state;
  });

for (const vendor of ['lever', 'ashby'] as const) {
  const side = (): Side => sides[vendor];

  test(`${vendor}: puts nothing unless it is switched on`, async () => {
    const { scheduleLink } = await world.api.get<{ scheduleLink: boolean }>(
      `/connections/${side().connectionId}`,
    );
    assert.equal(scheduleLink, false);
    const one = await side().apply('Una Unasked');
    await one.enter();
    await hub.sweep(side().connectionId);
    assert.deepEqual(await one.links(), []);
    assert.deepEqual(await hub.effects(one.id), []);
  });
}

test('without a public address it is skipped with that reason, and put once there is one', async () => {
  await turn(true);
  for (const side of Object.values(sides)) {
    const one = await side.apply('Noa Nowhere');
    await one.enter();
    await settled(one, 'skipped');
    const skipped = await effectOf(one);
    assert.match(skipped.error?.text ?? '', /no public address .* Set LOOPWRIGHT_PUBLIC_URL/);
    assert.deepEqual(await one.links(), []);
    const { problems } = await world.api.get<{ problems: Array<{ code: string }> }>(
      `/connections/${side.connectionId}`,
    );
    assert.ok(problems.some(({ code }) => code === 'schedule_link_no_address'));

    await restart('set');
    await one.leave();
    await one.enter();
    await settled(one, 'done');
    assert.equal((await effectOf(one)).id, skipped.id);
    assert.equal((await one.links()).length, 1);
    await restart();
  }
  await restart('set');
});

for (const vendor of ['lever', 'ashby'] as const) {
  const side = (): Side => sides[vendor];

  const carriedOut = (): number =>
    world
      .emulator(vendor)
      .requests.filter((one) => one.status < 300 && one.path.includes(side().puts)).length;

  test(`${vendor}: the link stands on the candidate and opens the draft`, async () => {
    const one = await side().apply('Lin Linked');
    await one.enter();
    await settled(one, 'done');
    const [link = '', ...others] = await one.links();
    assert.deepEqual(others, []);
    assert.ok(link.startsWith(`${world.url}/schedule?`), link);
    const page = await fetch(link);
    assert.equal(page.status, 200);
    const draft = await world.api.get<{
      candidate: { name: string };
      template: { name: string } | null;
    }>(`/schedule${new URL(link).search}`);
    assert.equal(draft.candidate.name, 'Lin Linked');
    assert.equal(draft.template?.name, vendor === 'lever' ? 'Screen' : 'Quiz');

    const effect = await effectOf(one);
    const candidateId = (await hub.candidate(one.id))?.id ?? '';
    assert.equal(effect.key, `candidate/${candidateId}/schedule-link`);
    assert.equal(effect.kind, 'ats_link');
    assert.equal(effect.remoteUrl, link);
    const { items } = await world.api.get<{ items: Array<{ effect: { id: string } | null }> }>(
      `/candidates/${candidateId}/activity`,
    );
    assert.ok(items.some((item) => item.effect?.id === effect.id));
  });

  test(`${vendor}: deliveries that come twice, sweeps and re-entry put no second one`, async () => {
    const faults = world.emulator(vendor).webhookFaults;
    faults.copies = 3;
    const one = await side().apply('Twila Twice');
    for (let times = 0; times < 2; times += 1) {
      await one.enter();
      await one.leave();
    }
    await one.enter();
    faults.copies = 1;
    await hub.sweep(side().connectionId);
    await settled(one, 'done');
    assert.equal((await one.links()).length, 1);
    assert.equal((await effectOf(one)).attempts, 1);
  });

  test(`${vendor}: the sweep puts it when the delivery was lost, without any rule`, async () => {
    const one = await side().apply('Swen Swept');
    const faults = world.emulator(vendor).webhookFaults;
    faults.drop = true;
    await one.move();
    await hub.sweep(side().connectionId);
    faults.drop = false;
    await settled(one, 'done');
    assert.equal((await one.links()).length, 1);
  });

  test(`${vendor}: nothing for a stage that no template is for`, async () => {
    const one = await side().apply('Nils No-Template');
    await one.leave();
    await hub.quiet();
    await hub.sweep(side().connectionId);
    assert.deepEqual(await one.links(), []);
    assert.deepEqual(await hub.effects(one.id), []);
  });

  test(`${vendor}: an answer that is lost on its way puts no second one`, async () => {
    const one = await side().apply('Dora Dropped');
    const { faults } = world.emulator(vendor);
    const fault = { kind: 'drop_after', match: side().puts, times: 1 } as const;
    const dropped = { ...fault };
    const before = carriedOut();
    faults.push(dropped);
    await one.enter();
    await settled(one, 'done');
    assert.equal(dropped.times, 0, 'the answer was dropped');
    assert.equal((await effectOf(one)).attempts, 2);
    assert.equal((await one.links()).length, 1);
    assert.equal(carriedOut() - before, 1, 'it was put there once');
  });

  test(`${vendor}: switched off, nothing more is put and what is there stays`, async () => {
    const [before, later] = [await side().apply('Ona On'), await side().apply('Otto Off')];
    await before.enter();
    await settled(before, 'done');
    // Owed, and refused for now: it is switched off before the next try.
    const { faults } = world.emulator(vendor);
    const refusal = { kind: 503, match: side().puts, times: 1 } as const;
    faults.push({ ...refusal });
    await later.enter();
    await until('it was tried', async () => (await hub.effects(later.id))[0]?.attempts === 1);
    await turn(false);
    await settled(later, 'skipped');
    assert.match((await effectOf(later)).error?.text ?? '', /was switched off before it was put/);
    assert.equal((await before.links()).length, 1);
    assert.deepEqual(await later.links(), []);

    await turn(true);
    await later.leave();
    await later.enter();
    await settled(later, 'done');
    assert.equal((await later.links()).length, 1);
  });

  test(`${vendor}: a person may skip one that got stuck, and try it again`, async () => {
    const one = await side().apply('Rita Retry');
    world.emulator(vendor).faults.push({ kind: 'html', match: side().puts, times: 1 });
    await one.enter();
    await settled(one, 'unknown');
    const { id, decisions } = await effectOf(one);
    assert.deepEqual(decisions, ['retry', 'skip', 'it_happened', 'it_did_not']);
    await world.api.post(`/effects/${id}/decide`, { decision: 'skip' });
    await one.leave();
    await one.enter();
    await hub.quiet();
    assert.deepEqual(await one.links(), [], 'what a person skipped stays skipped');
    await world.api.post(`/effects/${id}/decide`, { decision: 'retry' });
    await settled(one, 'done');
    assert.equal((await one.links()).length, 1);
  });
}

test('is not put on archived candidates, and put once they are active again', async () => {
  const lever = leverOf(world);
  const one = await sides.lever.apply('Ari Archived');
  await lever.archive(one.id);
  await hub.quiet();
  await one.enter();
  await hub.quiet();
  assert.deepEqual(await hub.effects(one.id), []);
  await lever.unarchive(one.id);
  await settled(one, 'done');
  assert.equal((await one.links()).length, 1);
});

test('is refused where there are no candidates, with a problem that names the field', async () => {
  const id = await world.connect('codingame');
  const changed = await change(id, true);
  const { clientId: _id, ...settings } = world.emulator('codingame').credentials();
  const body = { connector: 'codingame', name: 'Tests', settings, scheduleLink: true };
  const made = await world.api.call('POST', '/connections', body);
  for (const answer of [changed, made]) {
    assert.equal(answer.status, 422);
    assert.equal(answer.body['code'], 'schedule_link_not_an_ats');
    assert.equal(answer.body['field'], 'scheduleLink');
  }
  assert.equal((await change(id, false)).status, 200);
});

test('is part of the audit log', async () => {
  const { items } = await world.api.get<{ items: Array<{ act: string; detail: unknown }> }>(
    '/audit?limit=100',
  );
  const changes = items.filter(({ act }) => act === 'connection.change');
  assert.deepEqual(changes[0]?.detail, { fields: ['scheduleLink'] });
});
