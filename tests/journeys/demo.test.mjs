// `bursary demo` fills an empty store, and adds to one that has applications already.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary } from './support/server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bursary-demo-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const bursary = (data, ...words) => execFileSync(binary, [...words, '--data', join(folder, data)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
const exported = (data) => bursary(data, 'export', '--format', 'jsonl').trim().split('\n').map((line) => JSON.parse(line));
const people = (rows) => rows.map((row) => JSON.stringify(row.answers));

test('the same seed fills two empty stores alike, and adds other people to a store that has some', () => {
  for (const data of ['one', 'two']) bursary(data, 'demo', '--count', '60', '--seed', '7');
  const first = exported('one');
  assert.equal(first.length, 60);
  assert.deepEqual(people(first), people(exported('two')));

  bursary('one', 'demo', '--count', '60', '--seed', '7');
  const both = exported('one');
  assert.equal(both.length, 120);
  assert.equal(new Set(people(both)).size, 120);
  assert.equal(new Set(both.map((row) => row.reference)).size, 120);
  const days = both.map((row) => row.submitted_at);
  assert.deepEqual(days, [...days].sort(), 'an export is in the order of submission');
  assert.notDeepEqual(both.slice(0, 60).map((row) => row.reference), first.map((row) => row.reference), 'the sets lie among each other');
});
