// Two pages of one draft: what each changed since they agreed. Only what both changed, and differently, asks a person.
import { same, type Values } from './answers.ts';

export interface Merged {
  take: string[]; // changed over there alone
  ask: string[]; // changed on both sides
}

export function merge(base: Values, mine: Values, theirs: Values): Merged {
  const merged: Merged = { take: [], ask: [] };
  for (const [key, here] of mine) {
    const there = theirs.get(key) ?? [];
    const before = base.get(key) ?? [];
    if (same(here, there) || same(there, before)) continue;
    (same(here, before) ? merged.take : merged.ask).push(key);
  }
  return merged;
}
