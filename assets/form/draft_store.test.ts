import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from './draft_store.ts';

test('a first save brings the link and its token', () => {
  assert.deepEqual(outcomeOf(201, { link: '/draft/abc', version: 1, token: 't', saved_at: '2026-03-01T09:30:00Z' }), {
    kind: 'saved', version: 1, link: '/draft/abc', token: 't',
  });
  assert.deepEqual(outcomeOf(200, { version: 7 }), { kind: 'saved', version: 7 });
});

test('a link to another site is never followed', () => {
  for (const link of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:1']) {
    assert.deepEqual(outcomeOf(201, { link, version: 1 }), { kind: 'saved', version: 1 }, link);
  }
});

test('every other answer says whether it is worth trying again', () => {
  assert.deepEqual(outcomeOf(409, { version: 3, answers: { a: 'x' } }), { kind: 'conflict', version: 3, answers: { a: 'x' } });
  assert.equal(outcomeOf(410, {}).kind, 'ended');
  assert.equal(outcomeOf(404, null).kind, 'ended');
  assert.deepEqual(outcomeOf(413, { title: 'Too large', detail: 'Shorten it.' }), { kind: 'refused', message: 'Shorten it.' });
  assert.deepEqual(outcomeOf(429, {}, 30), { kind: 'failed', retryAfter: 30 });
  assert.deepEqual(outcomeOf(429, { title: 'So many drafts.' }, 90), { kind: 'failed', retryAfter: 90, message: 'So many drafts.' });
  assert.deepEqual(outcomeOf(503, null), { kind: 'failed', retryAfter: 0 });
  // A captive portal's page with status 200 has saved nothing.
  assert.deepEqual(outcomeOf(200, null), { kind: 'failed', retryAfter: 0 });
});
