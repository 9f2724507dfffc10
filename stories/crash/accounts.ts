/** Killed while an account is connected, disconnected, or its tokens are renewed. */
import assert from 'node:assert/strict';
import { tokensName } from '#store/oauth-tokens.ts';
import type { Running } from '#main.ts';
import { getSecret, putSecret } from '#store/vault.ts';
import { comeBack, decide, leverHosts } from '../consent.ts';
import { codingameOf, leverOf } from '../vendors.ts';
import { until } from '../world.ts';
import { linkMaker, testSender, testSenderRule, type Flow } from './flows.ts';
import { withRig, type CrashCase } from './points.ts';
import { dies, type Rig } from './rig.ts';

interface Hook {
  event: string;
  url: string;
}

/** What is registered at the vendor, by its own state. */
const hooksAt = (rig: Rig, id: string): Hook[] => {
  const state = rig.emulator(id).snapshot() as {
    hooks?: Hook[];
    webhooks?: Array<{ type: string; requestUrl: string }>;
    webhookUrl?: string | null;
  };
  if (state.hooks) return state.hooks;
  if (state.webhooks)
    return state.webhooks.map((hook) => ({ event: hook.type, url: hook.requestUrl }));
  return state.webhookUrl ? [{ event: '', url: state.webhookUrl }] : [];
};

const hookStates = async (rig: Rig): Promise<string[]> => {
  const rows = await rig.db.selectFrom('webhook').select('state').execute();
  return rows.map((row) => row.state);
};

/** How many hooks a vendor has for us, one per event. */
const wanted: Record<string, number> = { lever: 7, ashby: 6, codingame: 1 };

/**
 * Dies while the account is connected. The next start finishes it: one hook per event, and each one
 * of use, which the flow through them proves.
 */
const killedWhileConnecting = (flow: Flow, id: string, failpoint: string): Promise<void> =>
  withRig(flow, async (rig) => {
    const hub = rig.start(failpoint);
    await hub.ready;
    await assert.rejects(rig.connect(id));
    await dies(hub, failpoint);
    await rig.start().ready;
    await until(
      'the webhooks stand',
      async () => {
        const states = await hookStates(rig);
        const stand = states.filter((state) => state !== 'intended' && state !== 'failed');
        return stand.length === wanted[id];
      },
      rig.patience(10_000),
    );
    const hooks = hooksAt(rig, id);
    assert.equal(hooks.length, wanted[id], 'one hook per event');
    assert.equal(new Set(hooks.map((hook) => hook.event)).size, wanted[id]);
    const started = await flow.setUp({ ...rig, connect: (other) => connectOnce(rig, other, id) });
    await started.move();
    await started.moved();
    const deliveries = await rig.db.selectFrom('delivery').select('event').execute();
    if (id === flow.ats) assert.ok(deliveries.some((one) => one.event === 'candidateStageChange'));
    await started.finish();
    await started.finished();
    await started.verify();
  });

/** The account that was being connected at the kill is there; the other one is connected now. */
const connectOnce = async (rig: Rig, wish: string, made: string): Promise<string> => {
  if (wish !== made) return rig.connect(wish);
  const { id } = await rig.db
    .selectFrom('connection')
    .select('id')
    .where('connector', '=', made)
    .executeTakeFirstOrThrow();
  return id;
};

/** Dies between the deletion at the vendor and the change in the database; the admin asks again. */
const killedWhileDisconnecting = (flow: Flow, id: string): Promise<void> =>
  withRig(flow, async (rig) => {
    const hub = rig.start('C10:webhook');
    await hub.ready;
    const connectionId = await rig.connect(id);
    const remove = () =>
      rig.api.call<{ deleteByHand: Hook[] }>('DELETE', `/connections/${connectionId}`);
    await assert.rejects(remove());
    await dies(hub, 'C10:webhook');
    assert.equal(hooksAt(rig, id).length, (wanted[id] ?? 0) - 1, 'one was deleted before the kill');
    await rig.start().ready;
    const { status, body } = await remove();
    assert.equal(status, 200);
    assert.deepEqual(body.deleteByHand, []);
    assert.deepEqual(hooksAt(rig, id), []);
    assert.deepEqual(await hookStates(rig), []);
    const secrets = await rig.db.selectFrom('secret').select('name').execute();
    assert.deepEqual(secrets, [], 'the key is gone, too');
  });

// ---------------------------------------------------------------------------------------------
// C11

/** *Accept* on Lever's page. */
const accept = async (rig: Rig, path: string, body?: unknown): Promise<void> => {
  const { authorizeUrl } = await rig.api.post<{ authorizeUrl: string }>(path, body);
  const url = new URL(authorizeUrl);
  await rig.form('/lever/settings/apps/callback', {
    redirectUri: url.searchParams.get('redirect_uri') ?? '',
  });
  const { status, text } = await comeBack(await decide(url, 'accept'));
  assert.equal(status, 200, text);
};

const leversOf = async (rig: Rig): Promise<string[]> => {
  const { items } = await rig.api.get<{ items: Array<{ id: string; connector: string }> }>(
    '/connections',
  );
  return items.filter(({ connector }) => connector === 'lever').map(({ id }) => id);
};

/** As an admin does it: *Connect with Lever*. */
const connectByOAuth = async (rig: Rig): Promise<string> => {
  await accept(rig, '/connections/oauth', {
    connector: 'lever',
    name: 'Lever by consent',
    settings: leverHosts(rig),
  });
  const [made] = await leversOf(rig);
  assert.ok(made);
  return made;
};

const expireTokens = async ({ hub }: Running, connectionId: string): Promise<void> => {
  const held = await getSecret(hub.db, hub.vault, connectionId, tokensName);
  const tokens = { ...(JSON.parse(held ?? '{}') as object), expiresAt: 0 };
  await putSecret(hub.db, hub.vault, connectionId, tokensName, JSON.stringify(tokens));
};

/** The test was sent and noted; then the access token expires, and the hub dies renewing it. */
const killedWhileRenewing = (
  failpoint: string,
  then: (
    rig: Rig,
    connectionId: string,
    started: Awaited<ReturnType<Flow['setUp']>>,
  ) => Promise<void>,
): Promise<void> =>
  withRig(testSender, async (rig) => {
    const { connectionId, started } = await rig.prepare(async (hub) => {
      const made = await connectByOAuth(rig);
      const rule = await testSenderRule(rig, {
        lever: leverOf(rig),
        codingame: codingameOf(rig),
        connectionId: made,
        platformId: await rig.connect('codingame'),
      });
      await rule.move();
      await rule.moved();
      await expireTokens(hub, made);
      return { connectionId: made, started: rule };
    });
    const hub = rig.start(failpoint);
    await hub.ready;
    await started.finish();
    await dies(hub, failpoint);
    await rig.start().ready;
    await then(rig, connectionId, started);
  });

const goesOn = (): Promise<void> =>
  killedWhileRenewing('C11:stored', async (_, __, started) => {
    await started.finished();
    await started.verify();
  });

/** The new refresh token died with the hub and the old one is used up: only a person can help, and does. */
const asksForConsent = (): Promise<void> =>
  killedWhileRenewing('C11:exchanged', async (rig, connectionId, started) => {
    const paused = await until(
      'the connection says what to do',
      async () => {
        const row = await rig.api.get<{ state: string; pause: { text: string } | null }>(
          `/connections/${connectionId}`,
        );
        return row.state === 'paused' && row;
      },
      rig.patience(10_000),
    );
    assert.match(paused.pause?.text ?? '', /connect again/i);
    const owed = await rig.db
      .selectFrom('effect')
      .select(['kind', 'state'])
      .where('state', '!=', 'done')
      .execute();
    assert.deepEqual(owed, [{ kind: 'note', state: 'owed' }], 'the result stays owed');
    assert.equal(rig.carriedOut('codingame', /^POST .*\/actions\/send/).length, 1, 'one test');
    assert.equal(rig.carriedOut('lever', /^POST .*\/notes\?/).length, 1, 'one note');
    await accept(rig, `/connections/${connectionId}/oauth`);
    await started.finished();
    await started.verify();
    assert.deepEqual(await leversOf(rig), [connectionId]);
    assert.equal(hooksAt(rig, 'lever').length, wanted['lever'], 'one hook per event');
  });

// ---------------------------------------------------------------------------------------------

const connecting = (flow: Flow, id: string, failpoint: string, when: string): CrashCase => ({
  name: `${id}: killed while connecting, ${when} (${failpoint})`,
  run: () => killedWhileConnecting(flow, id, failpoint),
});

export const accountCases: readonly CrashCase[] = [
  connecting(testSender, 'lever', 'C4:webhook', 'before the first webhook is asked for'),
  connecting(testSender, 'lever', 'C7:webhook:3', 'before the third webhook is noted'),
  connecting(linkMaker, 'ashby', 'C4:webhook:2', 'before the second webhook is asked for'),
  connecting(linkMaker, 'ashby', 'C7:webhook', 'before the first webhook is noted'),
  connecting(testSender, 'codingame', 'C4:webhook', 'before the webhook is asked for'),
  connecting(testSender, 'codingame', 'C7:webhook', 'before the webhook is noted'),
  ...(['lever', 'ashby', 'codingame'] as const).map((id) => ({
    name: `${id}: killed while disconnecting, between vendor and database (C10:webhook)`,
    run: () => killedWhileDisconnecting(id === 'ashby' ? linkMaker : testSender, id),
  })),
  { name: 'lever: killed after new tokens are stored, goes on (C11:stored)', run: goesOn },
  {
    name: 'lever: killed before new tokens are stored, goes on once when connected again (C11:exchanged)',
    run: asksForConsent,
  },
];
