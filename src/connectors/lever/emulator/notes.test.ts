import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, firstTwo, type Listed } from './rig.ts';

interface NoteJson {
  id: string;
  noteId?: string;
  user: string | null;
  deletedAt: number | null;
  fields: Array<{ value: string; user: string | null; stage: string }>;
}

test('answers a new note whole, with its id twice, and reads it back without the second', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const path = `/opportunities/${first.id}/notes`;
  const actor = rig.settings['performAs'] ?? '';
  const { status, body } = await rig.call<{ data: NoteJson }>(
    'POST',
    `${path}?perform_as=${actor}`,
    {
      value: 'Score 80 %\n[ref:abcd1234]',
    },
  );
  assert.equal(status, 201);
  const { noteId, ...note } = body.data;
  assert.equal(noteId, note.id);
  assert.deepEqual(
    [note.user, note.fields[0]?.user, note.fields[0]?.stage],
    [actor, actor, 'applicant-new'],
  );
  const read = await rig.call<{ data: NoteJson }>('GET', `${path}/${note.id}`);
  assert.deepEqual(read.body.data, note);
  const list = await rig.call<Listed<NoteJson>>('GET', path);
  assert.equal(list.body.data[0]?.id, note.id);
});

test('takes form-urlencoded notes and a missing author, and adds comments to a thread', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const response = await rig.fetch(
    `${rig.settings['apiBase'] ?? ''}/opportunities/${first.id}/notes`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${rig.settings['apiKey'] ?? ''}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'value=one%0Atwo&score=3&secret=false',
    },
  );
  const { data } = (await response.json()) as { data: NoteJson };
  assert.deepEqual([data.user, data.fields[0]?.value], [null, 'one\ntwo']);
  const path = `/opportunities/${first.id}/notes?note_id=${data.id}`;
  const more = await rig.call<{ data: NoteJson }>('POST', path, { value: 'three' });
  assert.deepEqual(
    more.body.data.fields.map((one) => one.value),
    ['one\ntwo', 'three'],
  );
  assert.equal(more.body.data.id, data.id);
});

test('replaces all comments with PUT and keeps a deleted note with `deletedAt`', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const path = `/opportunities/${first.id}/notes`;
  const created = await rig.call<{ data: NoteJson }>('POST', path, { value: 'old' });
  const one = `${path}/${created.body.data.id}`;
  const put = await rig.call<{ data: unknown }>('PUT', one, { values: [{ value: 'new' }] });
  assert.deepEqual([put.status, put.body.data], [200, { noteId: created.body.data.id }]);
  const read = async (): Promise<NoteJson> =>
    (await rig.call<{ data: NoteJson }>('GET', one)).body.data;
  assert.deepEqual(
    (await read()).fields.map((field) => field.value),
    ['new'],
  );
  assert.equal((await rig.call('DELETE', one)).status, 204);
  assert.equal((await read()).deletedAt, rig.now());
  const list = await rig.call<Listed<NoteJson>>('GET', path);
  assert.ok(list.body.data.some((note) => note.id === created.body.data.id));
});

test('refuses to change a note that a person wrote', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  await rig.act(`/candidates/${first.id}/notes`, { value: 'by hand' });
  const path = `/opportunities/${first.id}/notes`;
  const [note] = (await rig.call<Listed<NoteJson>>('GET', path)).body.data;
  assert.equal(note?.fields[0]?.value, 'by hand');
  assert.equal(
    (await rig.call('PUT', `${path}/${note.id}`, { values: [{ value: 'x' }] })).status,
    400,
  );
  assert.equal((await rig.call('DELETE', `${path}/${note.id}`)).status, 400);
});

test('refuses an empty note, a score out of range and a date to come', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const post = async (body: object): Promise<number> =>
    (await rig.call('POST', `/opportunities/${first.id}/notes`, body)).status;
  assert.equal(await post({}), 400);
  assert.equal(await post({ value: 'x', score: 5 }), 400);
  assert.equal(await post({ value: 'x', createdAt: rig.now() + 1 }), 400);
  assert.equal(await post({ value: 'x', createdAt: rig.now() - 1 }), 201);
});
