// The work that a submission costs its sender: a nonce such that SHA-256(challenge ":" nonce) begins with `bits` zero bits.
import { sha256 } from './sha256.ts';

export interface Challenge {
  challenge: string;
  bits: number;
}

export function isChallenge(value: unknown): value is Challenge {
  if (typeof value !== 'object' || value === null) return false;
  const { challenge, bits } = value as Record<string, unknown>;
  return typeof challenge === 'string' && challenge.length <= 200 && typeof bits === 'number' && bits >= 0 && bits <= 32;
}

// Tries `count` nonces from `from`; the proof, or nothing.
export function search({ challenge, bits }: Challenge, from: number, count: number): string | undefined {
  for (let nonce = from; nonce < from + count; nonce++) {
    const proof = `${challenge}:${nonce}`;
    if (Math.clz32(sha256(proof)[0]!) >= bits) return proof;
  }
  return undefined;
}
