import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merge } from './merge.ts';

const values = (record: Record<string, string[]>) => new Map(Object.entries(record));

test('what only one side changed is not asked about', () => {
  const base = values({ a: ['1'], b: ['1'], c: ['x', 'y'] });
  const mine = values({ a: ['mine'], b: ['1'], c: ['x', 'y'] });
  const theirs = values({ a: ['1'], b: ['theirs'], c: ['x'] });
  assert.deepEqual(merge(base, mine, theirs), { take: ['b', 'c'], ask: [] });
});

test('what both changed differently is asked, what both changed alike is not', () => {
  const base = values({ a: [], b: ['1'] });
  assert.deepEqual(merge(base, values({ a: ['mine'], b: ['2'] }), values({ a: ['theirs'], b: ['2'] })), { take: [], ask: ['a'] });
});

test('an answer taken away over there counts as a change', () => {
  assert.deepEqual(merge(values({ a: ['1'] }), values({ a: ['1'] }), values({})), { take: ['a'], ask: [] });
  assert.deepEqual(merge(values({ a: ['1'] }), values({ a: ['2'] }), values({})), { take: [], ask: ['a'] });
});
