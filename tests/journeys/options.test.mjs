// Options come from the command line, the environment and a file, in this order; what is wrong with them is said.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Running } from './support/process.mjs';
import { binary, freePort } from './support/server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bursary-options-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'serve.toml');
const write = (...lines) => writeFileSync(file, [`data = "${join(folder, 'data')}"`, ...lines, ''].join('\n'));

// What it says at its start; `meanwhile` is done while it serves.
async function serve(words, { environment = {}, meanwhile = async () => {} } = {}) {
  const server = await Running.start(binary, ['serve', ...words], /^serving .*\n/m, environment);
  try {
    await meanwhile();
  } finally {
    await server.end();
  }
  return { code: await server.ended, said: server.said };
}

test('a file is read, and each option in it counts', async () => {
  const port = await freePort();
  write(`listen = "127.0.0.1:${port}"`, 'public-address = "https://from.file.example"', 'trust-proxy = ["127.0.0.1/32", "10.0.0.0/8"]', 'io-threads = 1', 'staff-link = true', 'no-defence = true');
  const { code, said } = await serve(['--config', file], { meanwhile: async () => assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200) });
  assert.equal(code, 0, said);
  assert.match(said, /at https:\/\/from\.file\.example\n/);
});

test('the environment counts before the file, and the command line before both', async () => {
  write(`listen = "127.0.0.1:${await freePort()}"`, 'public-address = "https://from.file.example"');
  const environment = { BURSARY_PUBLIC_ADDRESS: 'https://from.environment.example' };
  assert.match((await serve(['--config', file], { environment })).said, /at https:\/\/from\.environment\.example\n/);
  assert.match((await serve(['--config', file, '--public-address', 'https://from.words.example'], { environment })).said, /at https:\/\/from\.words\.example\n/);
});

test('flags in a file say yes and no', async () => {
  write('listen = "127.0.0.1:0"', 'staff-link = false');
  assert.doesNotMatch((await serve(['--config', file])).said, /staff link/);
  write('listen = "127.0.0.1:0"', 'staff-link = true');
  assert.match((await serve(['--config', file])).said, /staff link/);
});

test('what is wrong with a file is said, and nothing is served', () => {
  const told = (...lines) => {
    write('listen = "127.0.0.1:0"', ...lines);
    const { status, stdout, stderr } = spawnSync(binary, ['serve', '--config', file], { encoding: 'utf8', timeout: 20_000 });
    assert.notEqual(status, 0);
    assert.doesNotMatch(stdout, /serving/);
    return stdout + stderr;
  };
  assert.match(told('publik-address = "https://typo.example"'), /serve\.toml: there is no option "publik-address"/);
  assert.match(told('io-threads = 1000'), /io-threads/);
  assert.match(told('[section]', 'io-threads = 1'), /there is no option "section/);
  assert.match(told('config = "another.toml"'), /there is no option "config"/);
  const missing = spawnSync(binary, ['serve', '--config', join(folder, 'nowhere.toml')], { encoding: 'utf8', timeout: 20_000 });
  assert.notEqual(missing.status, 0);
  assert.match(missing.stderr, /nowhere\.toml/);
});

test('doctor takes the same file', () => {
  write('public-address = "http://no.tls.example"');
  const { stdout, stderr } = spawnSync(binary, ['doctor', '--config', file], { encoding: 'utf8', timeout: 20_000 });
  assert.doesNotMatch(stdout + stderr, /not expected/);
  assert.match(stdout + stderr, /no\.tls\.example|https/);
});
