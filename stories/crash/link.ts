/** Killed while the link to the scheduler is put on a candidate: it stands there once. */
import assert from 'node:assert/strict';
import { ashbyOf, leverOf } from '../vendors.ts';
import { withVendors, type CrashCase } from './points.ts';
import { dies, settles, type Rig } from './rig.ts';

interface Case {
  ats: string;
  /** The vendor's request that puts the link there. */
  put: RegExp;
  /** Somebody to move to the stage, and how often the ATS shows the link on them. */
  candidate(rig: Rig): Promise<{
    stageId: string;
    move(): Promise<unknown>;
    links(): Promise<number>;
  }>;
}

const isLink = (text: string): boolean => text.includes('/schedule?connection=');

const onLever: Case = {
  ats: 'lever',
  put: /^POST .*\/addLinks/,
  async candidate(rig) {
    const lever = leverOf(rig);
    const stageId = await lever.stage('Recruiter screen');
    const [one] = await lever.applicants('with address');
    assert.ok(one);
    return {
      stageId,
      move: () => lever.move(one.id, stageId),
      links: async () => (await lever.links(one.id)).filter(isLink).length,
    };
  },
};

const onAshby: Case = {
  ats: 'ashby',
  put: /^POST \/candidate\.createNote/,
  async candidate(rig) {
    const ashby = ashbyOf(rig);
    const [one] = await ashby.applicants('with address');
    assert.ok(one);
    const stageId = await ashby.stage(one, 'Technical Quiz');
    return {
      stageId,
      move: () => ashby.move(one, stageId),
      links: async () => (await ashby.notes(one.candidate.id)).filter(isLink).length,
    };
  },
};

const killed = ({ ats, put, candidate }: Case, failpoint: string): Promise<void> =>
  withVendors([ats], async (rig) => {
    const one = await rig.prepare(async () => {
      const connectionId = await rig.connect(ats);
      const on = { scheduleLink: true };
      assert.equal((await rig.api.call('PATCH', `/connections/${connectionId}`, on)).status, 200);
      const found = await candidate(rig);
      const { stageId } = found;
      await rig.api.post('/templates', { name: 'Loop', connectionId, stageId, layer: {} });
      return found;
    });
    const hub = rig.start(failpoint);
    await hub.ready;
    await one.move();
    await dies(hub, failpoint);
    await rig.start().ready;
    await settles(rig, 'the link is there', async () => (await one.links()) > 0);
    assert.equal(await one.links(), 1, 'one link');
    assert.equal(rig.carriedOut(ats, put).length, 1, 'it was put there once');
  });

const titles: Record<string, string> = {
  C4: 'before the call',
  C6: 'after the vendor did it',
  C7: 'before it is noted',
};

export const linkCases: readonly CrashCase[] = [onLever, onAshby].flatMap((one) =>
  Object.entries(titles).map(([point, when]) => ({
    name: `${one.ats}: killed over the link to the scheduler, ${when} (${point}:ats_link)`,
    run: () => killed(one, `${point}:ats_link`),
  })),
);
