import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { countCharacters, countWords, trim, unify } from './measure.ts';

interface Fixture {
  name: string;
  text: string;
  characters: number;
  words: number;
}
const fixtures = JSON.parse(readFileSync(new URL('../../tests/support/text_fixtures.json', import.meta.url), 'utf8')) as Fixture[];

test('the browser counts as the server does', () => {
  assert.ok(fixtures.length >= 50);
  for (const { name, text, characters, words } of fixtures) {
    assert.equal(countCharacters(text), characters, `characters of ${name}`);
    assert.equal(countWords(text), words, `words of ${name}`);
  }
});

test('Unicode white space is trimmed, and only that', () => {
  assert.equal(trim('\u3000\u0085 \n a\u00A0b \u2028'), 'a\u00A0b');
  assert.equal(trim('\uFEFFa'), '\uFEFFa');
  assert.equal(unify('a\r\nb\rc\n'), 'a\nb\nc\n');
});
