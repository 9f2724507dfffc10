import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertConnection } from './connections.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { linkPool } from './link-pool.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let handle: DatabaseHandle;
let connection = '';
let other = '';

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 8, onError: () => undefined });
  const base = { connector: 'codility', name: 'C', settings: {}, requestsPerSecond: null };
  connection = (await insertConnection(handle.db, base)).id;
  other = (await insertConnection(handle.db, base)).id;
});

after(async () => {
  await handle.close();
  await database.drop();
});

const link = (number: number): string => `https://rooms.example/${String(number)}`;
const take = (ref: string, links: string[], from = connection) =>
  linkPool(handle.db, from).take(ref, links);
const find = (ref: string) => linkPool(handle.db, connection).find(ref);

test('gives links in their order, and the same one to who asks again', async () => {
  const links = [link(1), link(2)];
  assert.equal(await find('a'), null);
  assert.equal(await take('a', links), link(1));
  assert.equal(await take('b', links), link(2));
  assert.equal(await take('a', links), link(1));
  assert.equal(await find('b'), link(2));
});

test('has none left when all are given, until further ones are pasted', async () => {
  const links = [link(1), link(2)];
  assert.equal(await take('c', links), null);
  assert.equal(await take('c', []), null);
  assert.equal(await take('c', [...links, link(3)]), link(3));
});

test('gives no link twice although another connection holds it as well', async () => {
  assert.equal(await take('a', [link(1), link(4)], other), link(4));
});

test('gives no link twice to many that come at the same moment', async () => {
  const links = Array.from({ length: 12 }, (_, number) => link(100 + number));
  const refs = Array.from({ length: 16 }, (_, number) => `race${String(number)}`);
  const given = await Promise.all(refs.map((ref) => take(ref, links)));
  const held = given.filter((url) => url !== null);
  assert.equal(held.length, 12);
  assert.equal(new Set(held).size, 12);
});

test('gives one ref one link although it asks several times at once', async () => {
  const links = Array.from({ length: 5 }, (_, number) => link(200 + number));
  const given = await Promise.all(links.map(() => take('same', links)));
  assert.equal(new Set(given).size, 1);
});
