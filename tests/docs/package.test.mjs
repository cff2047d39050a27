// The Debian package as docs/operators.md tells it: built from the binary under test, unpacked, and run with the files that it brings.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { Running } from '../journeys/support/process.mjs';
import { freePort } from '../journeys/support/server.mjs';

const binary = resolve(process.env.BURSARY_BINARY ?? 'build/release/bursary');
const place = mkdtempSync(join(tmpdir(), 'bursary-package-'));
const root = join(place, 'unpacked');
after(() => rmSync(place, { recursive: true, force: true }));

let file;
before(() => {
  file = execFileSync('deploy/debian/build.sh', [binary, place], { encoding: 'utf8' }).trim();
  execFileSync('dpkg-deb', ['-x', file, root]);
});
const field = (name) => execFileSync('dpkg-deb', ['-f', file, name], { encoding: 'utf8' }).trim();

test('it depends on the libraries of the binary and on fonts', () => {
  assert.equal(field('Package'), 'bursary');
  assert.equal(`bursary ${field('Version')}`, execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim());
  for (const needed of [/\blibsqlite3-0\b/, /\blibpq5\b/, /\blibpangocairo-1\.0-0\b/, /\bfonts-noto-core\b/]) assert.match(field('Depends'), needed);
  assert.match(field('Recommends'), /\bfonts-noto-cjk\b/);
});

test('no script runs when it is installed, and every file is root’s and plain', () => {
  execFileSync('dpkg-deb', ['-e', file, join(place, 'control')]);
  assert.deepEqual(readdirSync(join(place, 'control')).sort(), ['conffiles', 'control', 'md5sums']);
  const listed = execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' }).trim().split('\n');
  assert.ok(listed.length > 20);
  for (const line of listed) assert.match(line, /^(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--) root\/root /);
  for (const path of readFileSync(join(place, 'control/conffiles'), 'utf8').trim().split('\n')) assert.ok(statSync(join(root, path)).isFile());
});

test('the unpacked binary serves with the file it brings, every option of it turned on', async () => {
  const port = await freePort();
  const options = readFileSync(join(root, 'etc/bursary/serve.toml'), 'utf8')
    .replaceAll(/^# ([a-z-]+ = )/gm, '$1')
    .replaceAll('/var/lib/bursary', join(place, 'data'))
    .replaceAll('/etc/bursary/program', join(root, 'usr/share/doc/bursary/examples/researcher-access'))
    .replace('127.0.0.1:8080', `127.0.0.1:${port}`);
  writeFileSync(join(place, 'serve.toml'), options);
  writeFileSync(join(place, 'password'), 'moss under seven quiet bridges\n', { mode: 0o600 });
  const server = await Running.start(join(root, 'usr/bin/bursary'), ['serve', '--config', join(place, 'serve.toml'), '--smtp-password-file', join(place, 'password')], /^serving .*\n/m);
  // What it says is its public address, which is another's here.
  assert.match(server.said, /^serving .* at https:\/\/apply\.example\.org$/m);
  const page = await fetch(`http://127.0.0.1:${port}/`).finally(() => server.end());
  assert.equal(page.status, 200);
  assert.equal(await server.ended, 0, server.said);
});

test('systemd understands the units and finds little to attack', (t) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) return t.skip('no systemd-analyze here');
  const units = readdirSync('deploy/systemd');
  assert.deepEqual(units, ['bursary.service', 'bursary.socket']);
  for (const unit of units) {
    assert.ok(existsSync(join(root, 'lib/systemd/system', unit)));
    // It wants the programs that a unit names to be there.
    const text = readFileSync(join('deploy/systemd', unit), 'utf8');
    writeFileSync(join(place, unit), text.replace('/usr/bin/bursary', join(root, 'usr/bin/bursary')));
  }
  const words = units.map((unit) => join(place, unit));
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', ...words], { encoding: 'utf8' });
  assert.equal(verified.stdout + verified.stderr, '');
  assert.equal(verified.status, 0);
  // Of 100, where 100 is a service that may do everything.
  const looked = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=15', join(place, 'bursary.service')], { encoding: 'utf8' });
  return assert.equal(looked.status, 0, looked.stdout + looked.stderr);
});
