// Kills Bursary under load, again and again, and counts what it had acknowledged: every such application must be there exactly
// once, whole, with a receipt that verifies, and the chain over the events holds.
// `./dev crash [--rounds=200] [--postgres-rounds=50] [--seed=1]`
//
// One round: serve, load (tests the anonymous form and drafts alike), SIGKILL after a random while, recover, look. On PostgreSQL
// every other round also kills the database's own main process.
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Running } from '../journeys/support/process.mjs';

const option = (name, fallback) => {
  const found = process.argv.find((word) => word.startsWith(`--${name}=`));
  return found ? Number(found.split('=')[1]) : fallback;
};
const binary = process.env.BURSARY_BINARY ?? 'build/release/bursary';
const loader = process.env.BURSARY_LOAD ?? 'build/release/bench/bench_load';
const body = 'bench/load/application.body';

// Repeatable: the same seed kills at the same moments (as far as the machine does).
let seed = option('seed', 1);
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

class Server {
  constructor(data, url) {
    this.data = data;
    this.url = url;
  }
  async start() {
    const words = ['serve', '--data', this.data, '--listen', '127.0.0.1:0', '--no-defence', '--no-request-log', '--log-level', 'off'];
    if (this.url) words.push('--database', this.url);
    this.running = await Running.start(binary, words, /^serving .*\n/m);
    this.port = Number(/^serving .*:(\d+)$/m.exec(this.running.said)[1]);
  }
  async kill() {
    const code = await this.running.end('SIGKILL');
    if (code !== null) throw new Error(`the server had ended with ${code}: ${this.running.said}`);
  }
  get(path) {
    return fetch(`http://127.0.0.1:${this.port}${path}`);
  }
}

// What is in the store, however it is kept. Every query returns rows of numbers or texts.
class Sqlite {
  constructor(data) {
    this.path = join(data, 'bursary.db');
  }
  rows(sql) {
    const database = new DatabaseSync(this.path, { readOnly: true });
    try {
      return database.prepare(sql).all().map((row) => Object.values(row));
    } finally {
      database.close();
    }
  }
}
class Postgres {
  constructor(url) {
    this.url = url;
  }
  rows(sql) {
    const text = execFileSync('psql', ['-X', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-c', sql, this.url], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return text.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }
}

// Each names what must not exist: an application of which a part is missing.
const HALF_DONE = {
  'without a submission': 'select count(*) from application a where a.state > 0 and a.state <> 12 and not exists (select 1 from submission s where s.application_id = a.id)',
  'without an event': "select count(*) from application a where a.state > 0 and a.state <> 12 and not exists (select 1 from event e where e.application_id = a.id and e.kind = 'submitted')",
  'without a message': "select count(*) from application a where a.state > 0 and a.state <> 12 and not exists (select 1 from message m where m.application_id = a.id and m.template = 'submitted')",
  'without readings': 'select count(*) from application a where a.state > 0 and a.state <> 12 and (select count(*) from reading r where r.application_id = a.id) <> 3',
  'without an area': 'select count(*) from application a where a.state > 0 and a.state <> 12 and not exists (select 1 from application_area r where r.program = a.program and r.area = a.area and r.state = a.state and r.queue_id = a.queue_id)',
  'neither indexed nor waiting': {
    sqlite: 'select count(*) from application a where a.queue_id is not null and not exists (select 1 from search_backlog b where b.queue_id = a.queue_id) and not exists (select 1 from application_text t where t.rowid = a.queue_id)',
    postgres: 'select count(*) from application a where a.queue_id is not null and not exists (select 1 from search_backlog b where b.queue_id = a.queue_id) and not exists (select 1 from application_text t where t.queue_id = a.queue_id)',
  },
  'rows of no application': 'select count(*) from submission s where not exists (select 1 from application a where a.id = s.application_id)',
  'messages queued twice': "select count(*) from (select application_id from message where template = 'submitted' group by application_id having count(*) > 1) d",
};

const totals = { rounds: 0, acknowledged: 0, found: 0, lost: 0, duplicated: 0, half_done: 0, receipts: 0, bad_receipts: 0, chains: 0, broken_chains: 0 };

// What docs/formats/receipt.md says is signed, made here without the product's own code.
const signedText = (receipt) => ['bursary-receipt-1', ...['digest', 'form_version', 'issuer', 'program', 'reference', 'submitted_at'].map((name) => `${name}: ${receipt[name]}`), ''].join('\n');

async function checkReceipts(server, acknowledged) {
  const keys = new Map();
  const published = await (await server.get('/.well-known/bursary-receipt-keys.json')).json();
  for (const key of published.keys) {
    keys.set(key.id, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.public_key }, format: 'jwk' }));
  }
  for (let at = 0; at < acknowledged.length; at += 16) {
    await Promise.all(acknowledged.slice(at, at + 16).map(async ({ path }) => {
      const answer = await server.get(`${path}/receipt`);
      const receipt = answer.ok ? await answer.json() : null;
      totals.receipts += 1;
      const key = receipt && keys.get(receipt.key);
      if (!key || !verify(null, Buffer.from(signedText(receipt)), key, Buffer.from(receipt.signature, 'base64url'))) totals.bad_receipts += 1;
    }));
  }
}

// The chain over the events must hold and still go through where it ended the round before. Returns its head.
function checkChain(data, url, before) {
  const words = ['audit', 'verify', '--data', data, ...(url ? ['--database', url] : []), ...(before ? ['--head', before] : [])];
  const outcome = spawnSync(binary, words, { encoding: 'utf8', timeout: 120_000 });
  totals.chains += 1;
  const head = /^head (\d+:[0-9a-f]{64})$/m.exec(outcome.stdout)?.[1];
  if (outcome.status === 0 && head) return head;
  totals.broken_chains += 1;
  console.error(outcome.stdout + outcome.stderr);
  return before;
}

function readJournal(path, from) {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1).map((line) => {
    const [number, location] = line.split('\t');
    return { number: Number(number), path: location };
  }).filter(({ number }) => number >= from);
}

// Looks at applications newer than `since` (an id); 0: at every one. Returns the newest.
function count(store, dialect, acknowledged, since) {
  const found = new Map();
  for (const [email, times] of store.rows(`select email, count(*) from application where state > 0 and id > ${since} group by email`)) found.set(email, Number(times));
  for (const { number } of acknowledged) {
    const times = found.get(`wanjiru.${number}@example.org`) ?? 0;
    if (times === 0) totals.lost += 1;
    else totals.found += 1;
  }
  for (const times of found.values()) if (times > 1) totals.duplicated += 1;
  for (const [what, sql] of Object.entries(HALF_DONE)) {
    const text = typeof sql === 'string' ? sql : sql[dialect];
    if (since !== '0' && !text.startsWith('select count(*) from application a where')) continue; // asked once, at the end
    const [[wrong]] = store.rows(text.replace(/^select count\(\*\) from application a where/, `$& a.id > ${since} and`));
    if (Number(wrong) > 0) {
      totals.half_done += Number(wrong);
      console.error(`${wrong} applications ${what}`);
    }
  }
  const [[newest]] = store.rows('select cast(coalesce(max(id), 0) as text) from application');
  return newest;
}

async function rounds(dialect, many, url, killDatabase) {
  const data = mkdtempSync(join(tmpdir(), 'bursary-crash-'));
  const journal = join(data, 'journal');
  const store = url ? new Postgres(url) : new Sqlite(data);
  const server = new Server(data, url);
  let first = 1;
  let since = '0';
  let head;
  const everyOne = [];
  try {
    await server.start();
    for (let round = 0; round < many; ++round) {
      const load = spawn(loader, ['--port', String(server.port), '--body', body, '--path', '/apply', '--connections', '32', '--seconds', '10',
        '--warm-up', '0', '--first', String(first), '--journal', journal, '--stop-on-error'], { stdio: ['ignore', 'ignore', 'inherit'] });
      const loadEnded = new Promise((resolve) => load.once('exit', resolve));
      await sleep(50 + random() * 450);
      if (killDatabase && round % 2 === 1) killDatabase();
      await server.kill();
      await loadEnded;
      const acknowledged = readJournal(journal, first);
      totals.rounds += 1;
      totals.acknowledged += acknowledged.length;
      await server.start();
      since = count(store, dialect, acknowledged, since);
      await checkReceipts(server, acknowledged);
      head = checkChain(data, url, head);
      for (const { number } of acknowledged) everyOne.push({ number });
      first += 100_000;
      if ((round + 1) % 10 === 0) console.error(`${dialect}: ${round + 1} of ${many} rounds, ${totals.acknowledged} acknowledged, ${totals.lost} lost`);
    }
    await server.kill();
    // Once more over the whole store: what an earlier round acknowledged is still there once. Counted once in the totals.
    const before = totals.found;
    count(store, dialect, everyOne, '0');
    totals.found = before;
  } finally {
    await server.running?.end('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
}

const postgresShell = (words) => spawnSync('bash', ['-c', `. tools/dev/postgres.sh; POSTGRES_FOLDER="$CRASH_POSTGRES" ${words}`], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });

await rounds('sqlite', option('rounds', 200));
if (option('postgres-rounds', 50) > 0 && process.env.BURSARY_TEST_POSTGRES) {
  process.env.CRASH_POSTGRES = process.env.POSTGRES_FOLDER;
  execFileSync('psql', ['-X', '-q', '-c', 'create database crash', process.env.BURSARY_TEST_POSTGRES]);
  const url = process.env.BURSARY_TEST_POSTGRES.replace('/postgres?', '/crash?');
  await rounds('postgres', option('postgres-rounds', 50), url, () => {
    const outcome = postgresShell('postgres_restart');
    if (outcome.status !== 0) throw new Error('PostgreSQL did not come back');
  });
}

const { lost, duplicated, half_done: halfDone, bad_receipts: badReceipts, broken_chains: brokenChains } = totals;
writeFileSync('build/crash.json', `${JSON.stringify(totals)}\n`);
console.log(`crash: ${totals.rounds} rounds, ${totals.acknowledged} acknowledged, ${totals.found} found, ${lost} lost, ${duplicated} duplicated, ${halfDone} half-done, ${totals.receipts} receipts of which ${badReceipts} bad, ${totals.chains} chains of which ${brokenChains} broken`);
process.exit(lost + duplicated + halfDone + badReceipts + brokenChains > 0 || totals.acknowledged === 0 ? 1 : 0);
