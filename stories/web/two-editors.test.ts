/** Two windows with the same form: what others save is seen, what both changed is chosen, nothing is lost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let mine: Seat;
let theirs: Seat;
let lever = '';

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codingame'], candidates: 2 } });
  lever = await app.world.connect('lever');
  mine = await app.seat();
  await mine.signIn(await app.person('super_admin', 'me@example.com'));
  theirs = await app.seat();
  await theirs.signIn(await app.person('super_admin', 'other@example.com'));
});
after(() => app.close());

/** Something that is said in a form. */
interface Said {
  label: string;
  say: (hands: Hands) => Promise<void>;
  isShown: (hands: Hands) => Promise<boolean>;
}

const input = (hands: Hands, label: string) =>
  hands.field(label).and(hands.page.locator('input, textarea')).first();

const text = (label: string, value: string): Said => ({
  label,
  say: (hands) => input(hands, label).fill(value),
  isShown: async (hands) => (await input(hands, label).inputValue()) === value,
});

/**
 * Both say something else in one field, and the other person alone says something more. I keep mine:
 * both windows end with that, and with what the other person alone had said.
 */
const keepMine = async (
  where: string,
  { field, other }: { field: string; other: Said },
): Promise<void> => {
  const me = handsOf(app, mine);
  const them = handsOf(app, theirs);
  for (const seat of [theirs, mine]) {
    await seat.open(where);
    await input(handsOf(app, seat), field).waitFor();
  }
  const shows = (hands: Hands, { label, isShown }: Said): Promise<boolean> =>
    until(`${label} is shown as it was said`, () => isShown(hands));
  const save = async (said: Said): Promise<void> => {
    await said.say(them);
    await them.press('Save');
  };
  // What was only looked at follows.
  await save(text(field, 'Theirs first'));
  await shows(me, text(field, 'Theirs first'));
  // What nobody typed at is taken in, and what was typed stays.
  await text(field, 'Mine').say(me);
  await save(other);
  await me.page.getByText(`taken in here: ${other.label}.`, { exact: false }).waitFor();
  await shows(me, other);
  await shows(me, text(field, 'Mine'));
  await save(text(field, 'Theirs last'));
  await me.page.getByText('Somebody else has saved this while you were changing it').waitFor();
  mine.expect(412);
  await me.press('Save');
  const choice = me.page.getByRole('alert').filter({ hasText: 'Robin super admin has saved this' });
  await choice.getByText('Theirs: Theirs last').waitFor();
  await choice.getByText('Yours: Mine').waitFor();
  await mine.looksRight();
  await me.press('Save mine anyway');
  await choice.waitFor({ state: 'detached' });
  for (const said of [text(field, 'Mine'), other]) await shows(them, said);
  app.quiet();
};

test('of an account: each of its settings is weighed by itself', async () => {
  const address = text('Web address', 'https://people.example.com');
  const folded: Said = {
    ...address,
    async say(hands) {
      await hands.press('Addresses and more');
      await address.say(hands);
    },
  };
  await keepMine(`/settings/company/${lever}`, { field: 'Name', other: folded });
  const { name, settings } = await app.world.api.get<{ name: string; settings: object }>(
    `/connections/${lever}`,
  );
  assert.equal(name, 'Mine');
  assert.match(JSON.stringify(settings), /"webBase":"https:\/\/people\.example\.com"/);
});

test('of a user: two Super Admins give another role, and read both', async () => {
  const { email } = await app.person('interviewer', 'robin@example.com');
  const { items } = await app.world.api.get<{ items: Array<{ id: string; email: string }> }>('/users'); // prettier-ignore
  const where = `/users/${items.find((one) => one.email === email)?.id ?? ''}`;
  const roleOf = (name: string): Said => ({
    label: 'Role',
    say: (hands) => hands.page.getByRole('radio', { name: new RegExp(`^${name}`) }).check(),
    isShown: (hands) => hands.page.getByRole('radio', { name: new RegExp(`^${name}`) }).isChecked(),
  });
  await keepMine(`/settings${where}`, { field: 'Name', other: roleOf('Team Member') });
  const me = handsOf(app, mine);
  const them = handsOf(app, theirs);
  await roleOf('Limited Team Member').say(me);
  await roleOf('Admin').say(them);
  await them.press('Save');
  const choice = me.page.getByRole('alert').filter({ hasText: 'Somebody else has saved this' });
  await choice.getByText('Theirs: Admin').waitFor();
  await choice.getByText('Yours: Limited Team Member').waitFor();
  await me.press('Take theirs');
  await choice.waitFor({ state: 'detached' });
  assert.equal(await roleOf('Admin').isShown(me), true);
  const { role } = await app.world.api.get<{ role: string }>(where);
  assert.equal(role, 'admin');
  app.quiet();
});

test('of a rule: its name is chosen, and the tag of the other person is taken in', async () => {
  const codingame = await app.world.connect('codingame');
  const first = async (id: string, kind: string): Promise<string> => {
    const { items } = await app.world.api.get<{ items: Array<{ id: string }> }>(`/connections/${id}/choices/${kind}`); // prettier-ignore
    return items[0]?.id ?? assert.fail(`no ${kind}`);
  };
  const { id } = await app.world.api.post<{ id: string }>('/rules', {
    name: 'Screening',
    connectionId: lever,
    stageIds: [await first(lever, 'stages')],
    action: 'assessment',
    platformId: codingame,
    testId: await first(codingame, 'tests'),
  });
  const tag = text('And has this tag', 'backend');
  const closed: Said = {
    ...tag,
    async say(hands) {
      await tag.say(hands);
      await hands.page.keyboard.press('Escape');
    },
  };
  await keepMine(`/rules/${id}`, { field: 'Name of the rule', other: closed });
  const rule = await app.world.api.get<Record<string, unknown>>(`/rules/${id}`);
  assert.deepEqual([rule['name'], rule['tag'], rule['version']], ['Mine', 'backend', 5]);
});

test('of a pool: its name is chosen, and who is in it is taken in', async () => {
  const pool = { name: 'Backend', expression: 'backend' };
  const { id } = await app.world.api.post<{ id: string }>('/pools', pool);
  await keepMine(`/pools/${id}`, { field: 'Name', other: text('Who is in it', 'frontend') });
  const now = await app.world.api.get<Record<string, unknown>>(`/pools/${id}`);
  assert.deepEqual([now['name'], now['expression'], now['version']], ['Mine', 'frontend', 5]);
});

/** A setting of a layer that nobody has said yet. */
const waitForLinks = (minutes: string): Said => {
  const box = ({ page }: Hands) => page.getByRole('textbox', { name: 'Wait for links' });
  return {
    label: 'Wait for links',
    async say(hands) {
      await hands.press('Override: Wait for links');
      await box(hands).fill(minutes);
    },
    isShown: async (hands) =>
      (await box(hands).count()) === 1 && (await box(hands).inputValue()).startsWith(minutes),
  };
};

test('of a template: its name is chosen, and a setting that the other person says is taken in', async () => {
  const { id } = await app.world.api.post<{ id: string }>('/templates', { name: 'Onsite' });
  await keepMine(`/templates/${id}`, { field: 'Name', other: waitForLinks('7') });
  const now = await app.world.api.get<Record<string, unknown>>(`/templates/${id}`);
  assert.deepEqual([now['name'], now['layer'], now['version']], ['Mine', { linkWaitMinutes: 7 }, 5]);
}); // prettier-ignore

test('of the company: its name is chosen, and a default of the other person is taken in', async () => {
  await keepMine('/settings/scheduling', { field: 'Name', other: waitForLinks('9') });
  const now = await app.world.api.get<Record<string, unknown>>('/company');
  assert.deepEqual([now['name'], now['layer']], ['Mine', { linkWaitMinutes: 9 }]);
});
