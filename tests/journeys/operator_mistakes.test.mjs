// What an operator mistypes: a folder that is not there, a path as a shell completes it, an address that can never work.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { binary as named } from './support/server.mjs';

const binary = resolve(named);
let folder;
const run = (...words) => {
  const { status, stdout, stderr } = spawnSync(binary, words, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  return { status, said: stdout + stderr };
};
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursary-operator-'));
  mkdirSync(join(folder, 'elsewhere'));
  assert.equal(run('demo', '--data', 'data', '--count', '3').status, 0);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('a backup is made and restored by whatever way its folder is written, and stays private', () => {
  assert.equal(run('backup', '--data', 'data', '--to', 'kept/').status, 0);
  for (const [number, from] of ['./kept', 'kept/', 'elsewhere/../kept', join(folder, 'kept')].entries()) {
    const outcome = run('restore', '--data', `restored${number}/`, '--from', from);
    assert.equal(outcome.status, 0, `${from}: ${outcome.said}`);
  }
  for (const [path, mode] of [['kept', 0o700], ['kept/bursary.db', 0o600], ['kept/secrets', 0o700], ['restored0/bursary.db', 0o600]]) {
    assert.equal(statSync(join(folder, path)).mode & 0o777, mode, path);
  }
  assert.ok(!readdirSync(folder).some((name) => name.includes('.part')));
});

test('a folder that holds nothing is told, and nothing is made there', () => {
  for (const words of [['doctor'], ['export'], ['staff', 'link'], ['audit', 'verify']]) {
    const { status, said } = run(...words, '--data', 'mistyped');
    assert.equal(status, 1, words.join(' '));
    assert.match(said, /mistyped holds no data/, words.join(' '));
  }
  assert.ok(!existsSync(join(folder, 'mistyped')));
});

test('an address that can never work is refused before anything is served', () => {
  for (const words of [['--smtp', 'ftp://mail.example.org'], ['--smtp', 'mail.example.org:587'], ['--public-address', 'apply.example.org'],
    ['--public-address', 'https://'], ['--public-address', 'https://apply.example.org/sub']]) {
    for (const command of ['serve', 'doctor']) {
      const { status, said } = run(command, '--data', 'data', ...words);
      assert.equal(status, 1, `${command} ${words.join(' ')}`);
      assert.match(said, new RegExp(`${words[0]} is `), `${command} ${words.join(' ')}`);
    }
  }
});
