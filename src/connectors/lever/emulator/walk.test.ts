import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { createRig, firstTwo, type Listed, type OpportunityJson } from './rig.ts';

/** Only what a client of the real service knows: base address, key, and `fetch`. */
test('carries a test sender from its first request to the result on the timeline', async () => {
  const rig = createRig({ rate: 'vendor' });
  const { apiBase = '', apiKey = '', performAs = '' } = rig.settings;
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    await rig.advance(100);
    const response = await rig.fetch(`${apiBase}${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(`${apiKey}:`)}`,
        'content-type': 'application/json',
        x_lever_client_id: 'hub',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${path}: ${String(response.status)}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };

  const stages = await send<Listed<{ id: string; text: string }>>('GET', '/stages');
  const screen = stages.data.find((stage) => stage.text === 'HM Screen')?.id ?? '';
  const jobs = await send<Listed<{ id: string }>>('GET', '/postings?state=published');
  const job = jobs.data[0]?.id ?? '';
  const hook = await send<{ data: { id: string; configuration: { signatureToken: string } } }>(
    'POST',
    '/webhooks',
    { url: 'https://hub.example/hooks/walk', event: 'candidateStageChange' },
  );

  await rig.act(`/jobs/${job}/tags`, { tag: 'coding-test' });
  const [, candidate] = await firstTwo(rig);
  await rig.act(`/candidates/${candidate.id}/stage`, { stage: screen });
  await rig.advance(0);

  const delivery = rig.deliveries[0]?.body;
  assert.ok(delivery);
  const expected = createHmac('sha256', hook.data.configuration.signatureToken)
    .update(delivery.token + String(delivery.triggeredAt))
    .digest('hex');
  assert.equal(delivery.signature, expected);
  assert.equal(delivery.data['toStageId'], screen);

  const at = `/opportunities/${String(delivery.data['opportunityId'])}`;
  const read = async (): Promise<OpportunityJson> =>
    (await send<{ data: OpportunityJson }>('GET', at)).data;
  const waiting = await read();
  assert.ok(waiting.tags.includes('coding-test'));
  assert.deepEqual(waiting.emails, []);
  assert.equal(waiting.stageChanges.at(-1)?.toStageId, screen);
  assert.equal(waiting.urls.show, `${rig.settings['webBase'] ?? ''}/candidates/${waiting.id}`);
  await rig.act(`/candidates/${candidate.id}/email`, { email: 'found@people.example' });
  assert.deepEqual((await read()).emails, ['found@people.example']);

  const actor = `perform_as=${performAs}`;
  await send('POST', `${at}/addLinks?${actor}`, { links: ['https://tests.example/r/1'] });
  const note = await send<{ data: { noteId: string } }>('POST', `${at}/notes?${actor}`, {
    value: 'Score: 80 %\nReport: https://tests.example/r/1\n[ref:ab12cd34]',
  });
  const notes = await send<Listed<{ id: string; fields: Array<{ value: string }> }>>(
    'GET',
    `${at}/notes`,
  );
  const marked = notes.data.filter((one) => one.fields[0]?.value.endsWith('[ref:ab12cd34]'));
  assert.deepEqual(
    marked.map((one) => one.id),
    [note.data.noteId],
  );
  const page = await rig.page(`/candidates/${candidate.id}`);
  assert.match(page, /Score: 80 %\nReport: <a href="https:\/\/tests\.example\/r\/1"/);
  assert.match(page, /Note by Alex Martin/);
  await send('DELETE', `/webhooks/${hook.data.id}`);
});
