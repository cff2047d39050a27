import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressOf } from './progress.ts';

const must = (answered: boolean) => ({ required: true, answered });
const may = (answered: boolean) => ({ required: false, answered });

test('a section is complete when everything required is answered', () => {
  assert.deepEqual(progressOf([must(true), must(true), may(false)]), { answered: 2, total: 2, state: 'complete' });
  assert.deepEqual(progressOf([must(true), must(false), may(true)]), { answered: 1, total: 2, state: 'started' });
  assert.deepEqual(progressOf([must(false), must(false)]), { answered: 0, total: 2, state: 'empty' });
  assert.deepEqual(progressOf([must(false), may(true)]), { answered: 0, total: 1, state: 'started' });
});

test('a section where nothing is required counts what was answered', () => {
  assert.deepEqual(progressOf([may(false), may(false)]), { answered: 0, total: 2, state: 'empty' });
  assert.deepEqual(progressOf([may(true), may(false)]), { answered: 1, total: 2, state: 'complete' });
});
