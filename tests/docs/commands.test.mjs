// Every command in README and docs is run here, with folders of its own in the place of those it names; the few that need another
// machine, or that this test is a part of, are listed as exceptions below. A command that neither runs nor is listed fails.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { tokenByLink } from '../journeys/support/api.mjs';
import { Running } from '../journeys/support/process.mjs';
import { Server } from '../journeys/support/server.mjs';

const binary = resolve(process.env.BURSARY_BINARY ?? 'build/release/bursary');
const place = mkdtempSync(join(tmpdir(), 'bursary-docs-'));
after(() => rmSync(place, { recursive: true, force: true }));

// Command → why it is not run here.
const EXCEPTIONS = new Map([
  ['./dev run', 'serves until it is stopped: the journeys start what it starts'],
  ['./dev test', 'this test is a part of it'],
  ['./dev check', 'CI runs it beside the tests'],
  ['./dev bench', 'takes half an hour and a quiet machine'],
  ['./dev crash', 'takes ten minutes; run by hand before a release'],
  ['./dev fuzz', 'takes minutes a target; run by hand before a release'],
  ['./dev lighthouse', 'its figures want a quiet machine; run by hand'],
  ['./dev package', 'builds first; package.test.mjs makes the package of the binary under test'],
  ['sudo apt', 'needs root: package.test.mjs unpacks the package and runs what is in it'],
  ['sudo systemctl', 'needs systemd: package.test.mjs lets it check the units'],
  ['podman', 'builds everything again, from the network'],
  ['./dev demo', 'builds first; `bursary demo` is run here'],
  ['bursary privacy export', 'names a person: journeys/privacy.test.mjs runs it'],
  ['bursary privacy erase', 'names a person: journeys/privacy.test.mjs runs it'],
]);

function documents() {
  const found = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'];
  for (const entry of readdirSync('docs', { recursive: true })) if (entry.endsWith('.md')) found.push(join('docs', entry));
  return found.filter((path) => existsSync(path));
}

// The commands of a document: lines of its fenced blocks that begin with one of these, continued lines joined.
function commandsOf(path) {
  const commands = [];
  let fenced = false;
  let joined = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trimStart().startsWith('```')) {
      fenced = !fenced;
      continue;
    }
    if (!fenced) continue;
    const text = line.replace(/\s+#\s.*$/, '').replace(/^\$ /, '').trim();
    if (joined || /^(bursary|\.\/dev|sudo|podman|curl)\s/.test(text)) {
      joined += `${joined ? ' ' : ''}${text.replace(/\\$/, '').trim()}`;
      if (text.endsWith('\\')) continue;
      commands.push(joined);
      joined = '';
    }
  }
  return commands;
}

// The same command, pointed at this test's own folders, port and (where there is one) throw-away PostgreSQL.
function pointedHere(command) {
  writeFileSync(join(place, 'smtp-password'), 'not a secret\n', { mode: 0o600 });
  return command
    .replaceAll('/var/lib/bursary', join(place, 'data'))
    .replaceAll('/tmp/my-program-data', join(place, 'my-program-data'))
    .replaceAll('/backup/', `${place}/`)
    .replaceAll('/etc/bursary/smtp', join(place, 'smtp-password'))
    .replaceAll(/postgresql:\/\/\/bursary\?\S+/g, process.env.BURSARY_TEST_POSTGRES ?? 'none')
    .replaceAll(/programs\/my-program/g, 'programs/researcher-access')
    .replaceAll(/127\.0\.0\.1:\d+|localhost:8080/g, '127.0.0.1:0');
}

async function serves(words) {
  const listens = words.includes('--listen') ? words : [...words, '--listen', '127.0.0.1:0'];
  const server = await Running.start(binary, listens, /^serving .*\n/m);
  assert.equal(await server.end(), 0, server.said);
}

// A server with applications, for the commands that ask one, with a token that may everything there.
let asked;
async function serverToAsk() {
  const server = await Server.start({ demo: 60 });
  const token = await tokenByLink(server, ['read_applications', 'export_applications', 'screen_applications', 'decide_applications']);
  const headers = { Authorization: `Bearer ${token}` };
  const { items } = await (await fetch(`${server.address}/api/v1/applications?q=state:submitted`, { headers })).json();
  return { server, token, reference: items[0].reference };
}
after(async () => (await asked)?.server.stop());

async function asks(command) {
  asked ??= serverToAsk();
  const { server, token, reference } = await asked;
  const outcome = spawnSync('bash', ['-c', command.replace('curl ', 'curl --silent --show-error --fail-with-body ').replaceAll('RA-7K3M-Q9XT5', reference)], { encoding: 'utf8', timeout: 30_000, env: { ...process.env, ADDRESS: server.address, TOKEN: token } });
  assert.equal(outcome.status, 0, outcome.stdout + outcome.stderr);
  assert.ok(outcome.stdout.length > 0);
}

let many = 0;
for (const path of documents()) {
  for (const command of commandsOf(path)) {
    ++many;
    const exception = [...EXCEPTIONS.keys()].find((known) => command === known || command.startsWith(`${known} `));
    if (exception) continue;
    test(`${path}: ${command}`, async (t) => {
      if (command.includes('postgresql:') && !process.env.BURSARY_TEST_POSTGRES) return t.skip('no PostgreSQL here');
      if (command.startsWith('curl ')) return asks(command);
      const words = pointedHere(command).match(/'[^']*'|\S+/g).map((word) => word.replaceAll("'", ''));
      assert.equal(words[0], 'bursary', 'not a command that this test knows how to run: list it as an exception or teach it');
      if (words[1] === 'serve') return serves(words.slice(1));
      if (words[1] === 'restore' && !words.includes('--replace')) words.push('--replace');
      const outcome = spawnSync(binary, words.slice(1), { encoding: 'utf8', timeout: 120_000 });
      return assert.equal(outcome.status, 0, outcome.stdout + outcome.stderr);
    });
  }
}

test('the documents have commands, and every command of the binary has its help', () => {
  assert.ok(many >= 8, `${many} commands found`);
  const top = spawnSync(binary, ['--help'], { encoding: 'utf8' });
  assert.equal(top.status, 0);
  for (const command of ['serve', 'check', 'migrate', 'demo', 'export', 'receipt', 'backup', 'restore', 'doctor', 'staff', 'audit', 'privacy']) {
    assert.match(top.stdout, new RegExp(`\\b${command}\\b`));
    assert.equal(spawnSync(binary, [command, '--help']).status, 0, command);
  }
  assert.match(spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout, /^bursary \d/);
});
