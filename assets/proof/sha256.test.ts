import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256 } from './sha256.ts';
import { isChallenge, search } from './solve.ts';

const hex = (words: Int32Array): string => Array.from(words, (w) => (w >>> 0).toString(16).padStart(8, '0')).join('');

test('agrees with the platform at every length around the block edges', () => {
  for (let length = 0; length <= 200; length++) {
    const text = 'bursary-7'.repeat(30).slice(0, length);
    assert.equal(hex(sha256(text)), createHash('sha256').update(text).digest('hex'), `length ${length}`);
  }
});

test('a found proof has its zero bits, and the first nonce is found', () => {
  const challenge = { challenge: 'AAECAwQFBgcICQoLDA0ODw', bits: 12 };
  const proof = search(challenge, 0, 100_000);
  assert.ok(proof);
  const digest = createHash('sha256').update(proof).digest();
  assert.equal(digest.readUInt16BE(0) >> 4, 0);
  const nonce = Number(proof.split(':')[1]);
  assert.equal(search(challenge, 0, nonce), undefined);
  assert.equal(search(challenge, nonce, 1), proof);
});

test('only well-formed challenges are worked on', () => {
  assert.equal(isChallenge({ challenge: 'a', bits: 16 }), true);
  assert.equal(isChallenge({ challenge: 'a', bits: 64 }), false);
  assert.equal(isChallenge({ challenge: 'a'.repeat(201), bits: 1 }), false);
  assert.equal(isChallenge(null), false);
  assert.equal(isChallenge('x'), false);
});
