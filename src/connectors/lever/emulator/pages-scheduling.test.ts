import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, firstTwo, type Listed, type Rig } from './rig.ts';

const at = '/settings/integrations';
const address = 'https://hub.example/schedule?connection=c_1&candidate={opportunityId}';

const switchOn = async (rig: Rig): Promise<void> => {
  await rig.act(`${at}/toggle`, { enabled: 'true' });
  await rig.act(`${at}/address`, { address });
};

const keyIn = (page: string): string => /<code id="new-key">(\w+)<\/code>/.exec(page)?.[1] ?? '';

test('shows the permissions once the toggle is on, and a new key once', async () => {
  const rig = createRig();
  const off = await rig.page(at);
  assert.match(off, /Turn on/);
  assert.ok(!off.includes('panels:write:admin'));
  assert.match(
    (await rig.act(`${at}/key`)).headers.get('location') ?? '',
    /Turn%20Loopwright%20on/,
  );
  await rig.act(`${at}/toggle`, { enabled: 'true' });
  const on = await rig.page(at);
  assert.match(on, /panels:write:admin/);
  assert.match(on, /Generate New Key/);
  const key = keyIn(await (await rig.act(`${at}/key`)).text());
  assert.equal((await rig.call('GET', '/feedback_templates', undefined, key)).status, 200);
  assert.ok(!(await rig.page(at)).includes(key));
});

test('knows one key of the integration, and none once it is off', async () => {
  const rig = createRig();
  await rig.act(`${at}/toggle`, { enabled: 'true' });
  const works = async (key: string) =>
    (await rig.call('GET', '/stages', undefined, key)).status === 200;
  const [old, young] = [
    keyIn(await (await rig.act(`${at}/key`)).text()),
    keyIn(await (await rig.act(`${at}/key`)).text()),
  ];
  assert.deepEqual([await works(old), await works(young)], [false, true]);
  await rig.act(`${at}/toggle`, { enabled: 'false' });
  assert.equal(await works(young), false);
});

test('leads from the list, the banner and the menu to the hub, in a new tab', async () => {
  const rig = createRig();
  const [{ id }] = await firstTwo(rig);
  const link = `href="https://hub.example/schedule?connection=c_1&amp;candidate=${id}" target="_blank"`;
  const count = (page: string): number => page.split(link).length - 1;
  assert.equal(count(await rig.page('/candidates')), 0);
  await switchOn(rig);
  assert.equal(count(await rig.page('/candidates')), 1);
  const profile = await rig.page(`/candidates/${id}`);
  assert.equal(count(profile), 1, 'in the menu');
  assert.match(profile, /Schedule in Loopwright/);
  const { body } = await rig.call<Listed<{ id: string; text: string }>>('GET', '/stages');
  const stage = body.data.find(({ text }) => text === 'HM Screen')?.id ?? '';
  await rig.act(`/candidates/${id}/stage`, { stage });
  const waiting = await rig.page(`/candidates/${id}`);
  assert.equal(count(waiting), 2, 'in the banner too');
  assert.match(waiting, /Schedule Interview in Loopwright/);
  await rig.act(`${at}/toggle`, { enabled: 'false' });
  assert.equal(count(await rig.page(`/candidates/${id}`)), 0);
});

test('takes only an address that leads somewhere, with the place of the candidate in it', async () => {
  const rig = createRig();
  await rig.act(`${at}/toggle`, { enabled: 'true' });
  const said = async (text: string) =>
    decodeURIComponent(
      (await rig.act(`${at}/address`, { address: text })).headers.get('location') ?? '',
    );
  assert.match(await said('javascript:alert("{opportunityId}")'), /not a full address/);
  assert.match(await said('https://hub.example/schedule'), /needs \{opportunityId\}/);
  assert.ok(!(await rig.page('/candidates')).includes('>Schedule<'));
  assert.match(await said(address), /was saved/);
  assert.ok((await rig.page('/candidates')).includes('>Schedule<'));
  assert.match(await said(''), /was saved/);
  assert.ok(!(await rig.page('/candidates')).includes('>Schedule<'));
});

test('shows a panel with everything in it, and the form behind the feedback link', async () => {
  const rig = createRig();
  const [{ id, name }] = await firstTwo(rig);
  const { body: users } = await rig.call<Listed<{ id: string; name: string }>>('GET', '/users');
  const { body: forms } = await rig.call<Listed<{ id: string; text: string }>>(
    'GET',
    '/feedback_templates',
  );
  const [, , , ivan, ines] = users.data;
  const [general, own] = forms.data;
  const panel = (externalUrl: string) => ({
    timezone: 'Europe/Paris',
    note: 'Bring <b>a laptop</b>',
    externalUrl,
    interviews: [
      {
        subject: 'Coding',
        date: Date.UTC(2026, 6, 1, 8),
        duration: 60,
        location: 'Room 1',
        note: 'Codility: https://code.example/s/1',
        feedbackTemplate: general?.id,
        interviewers: [{ id: ivan?.id }, { id: ines?.id, feedbackTemplate: own?.id }],
      },
    ],
  });
  const create = async (externalUrl: string) =>
    rig.call<{ data: { id: string; interviews: Array<{ id: string }> } }>(
      'POST',
      `/opportunities/${id}/panels?perform_as=${rig.settings['performAs'] ?? ''}`,
      panel(externalUrl),
    );
  const { body } = await create('https://hub.example/interviews/1');
  const page = await rig.page(`/candidates/${id}`);
  const text = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  for (const shown of [
    '2026-07-01 10:00 to 2026-07-01 11:00 (Europe/Paris)',
    'Coding',
    '60 min',
    'Room 1',
    `${ivan?.name ?? ''}: ${general?.text ?? ''}`,
    `${ines?.name ?? ''}: ${own?.text ?? ''}`,
    'Bring &lt;b&gt;a laptop',
  ])
    assert.ok(text.includes(shown), shown);
  assert.match(
    page,
    /href="https:\/\/hub\.example\/interviews\/1" target="_blank" rel="noopener"\s*>View in External App/,
  );
  assert.match(page, /href="https:\/\/code\.example\/s\/1"/);
  const interview = body.data.interviews[0]?.id ?? '';
  const form = await rig.page(`/interviews/${interview}`);
  assert.ok(form.includes(name) && form.includes(`Feedback of ${ivan?.name ?? ''}`));
  assert.match(form, /Rating \(required\)/);

  await rig.act(`/candidates/${id}/panels/${body.data.id}/cancel`);
  assert.match(await rig.page(`/candidates/${id}`), /No interview is scheduled/);
  assert.match(await rig.page(`/interviews/${interview}`), /cancelled/);
  await create('javascript:alert(1)');
  assert.ok(!(await rig.page(`/candidates/${id}`)).includes('View in External App'));
  const elsewhere = `/candidates/nobody/panels/${body.data.id}/delete`;
  assert.equal((await rig.act(elsewhere)).status, 404);
  assert.equal((await rig.emulator.pages.request('/interviews/nothing')).status, 404);
});
