// The chain over the events must hold and still go through where it ended the round before. Returns its head.
import { spawnSync } from 'node:child_process';
import { binary } from './server.mjs';

export function checkChain(server, before, tally) {
  const words = ['audit', 'verify', ...server.store, ...(before ? ['--head', before] : [])];
  const outcome = spawnSync(binary, words, { encoding: 'utf8', timeout: 120_000 });
  tally.add('chains');
  const head = /^head (\d+:[0-9a-f]{64})$/m.exec(outcome.stdout)?.[1];
  if (outcome.status === 0 && head) return head;
  tally.fault('broken_chains', outcome.stdout + outcome.stderr);
  return before;
}
