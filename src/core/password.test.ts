import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordFault } from './password.ts';

const known = ['Ada Lovelace', 'ada.lovelace@example.com'];

test('takes long passwords of any kind, in any script', () => {
  for (const password of [
    'correct horse battery staple',
    'Tr0ub4dor&3xyz',
    'пароль из слов',
    'a password made of seven words here',
    '🐎🔋🖇️✅ four signs and words',
  ])
    assert.equal(passwordFault(password, known), null, password);
});

test('refuses what is short, repeated, a row, or guessed first', () => {
  for (const [password, why] of [
    ['elevenchars', /less than 12/],
    ['x'.repeat(201), /more than 200/],
    ['abababababab', /repeats/],
    ['123456789012', /digits only/],
    ['Password1234!', /common word/],
    ['qwerty-2026-qwerty', /common word/],
    ['Loopwright2026', /common word/],
    ['lovelace-2026', /your name/],
  ] as const)
    assert.match(passwordFault(password, known) ?? 'taken', why, password);
});
