// Applicants: every acknowledged application must be there exactly once, whole, with a receipt that verifies.
//
// One round: serve, load (tests the anonymous form and drafts alike), SIGKILL after a random while, recover, look.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkChain } from './audit_chain.mjs';
import { random } from './options.mjs';
import { checkReceipts } from './receipts.mjs';
import { Server } from './server.mjs';
import { openStore } from './store.mjs';
import { Tally } from './tally.mjs';

const loader = process.env.BURSARY_LOAD ?? 'build/release/bench/bench_load';
const body = 'bench/load/application.body';

export const applications = new Tally(['lost', 'duplicated', 'half_done', 'bad_receipts', 'broken_chains']);

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

function readJournal(path, from) {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1).map((line) => {
    const [number, location] = line.split('\t');
    return { number: Number(number), path: location };
  }).filter(({ number }) => number >= from);
}

// Looks at applications newer than `since` (an id); 0: at every one. Returns the newest.
function look(store, acknowledged, since) {
  const found = new Map();
  for (const [email, times] of store.rows(`select email, count(*) from application where state > 0 and id > ${since} group by email`)) found.set(email, Number(times));
  for (const { number } of acknowledged) {
    const email = `wanjiru.${number}@example.org`;
    if (found.has(email)) applications.add('found');
    else applications.fault('lost', `the application of ${email}`);
  }
  for (const [email, times] of found) if (times > 1) applications.fault('duplicated', `${times} applications of ${email}`);
  for (const [what, sql] of Object.entries(HALF_DONE)) {
    const text = typeof sql === 'string' ? sql : sql[store.dialect];
    if (since !== '0' && !text.startsWith('select count(*) from application a where')) continue; // asked once, at the end
    const [[wrong]] = store.rows(text.replace(/^select count\(\*\) from application a where/, `$& a.id > ${since} and`));
    if (Number(wrong) > 0) applications.fault('half_done', `${wrong} applications ${what}`, Number(wrong));
  }
  const [[newest]] = store.rows('select cast(coalesce(max(id), 0) as text) from application');
  return newest;
}

// `killDatabase`: kills PostgreSQL's own main process too, every other round.
export async function applicationRounds(many, url, killDatabase) {
  const data = mkdtempSync(join(tmpdir(), 'bursary-crash-'));
  const journal = join(data, 'journal');
  const store = openStore(data, url);
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
      if (killDatabase && round % 2 === 1) await killDatabase();
      await server.kill();
      await loadEnded;
      const acknowledged = readJournal(journal, first);
      applications.add('rounds');
      applications.add('acknowledged', acknowledged.length);
      await server.start();
      since = look(store, acknowledged, since);
      await checkReceipts(server, acknowledged.map(({ path }) => path), applications);
      head = checkChain(server, head, applications);
      for (const { number } of acknowledged) everyOne.push({ number });
      first += 100_000;
      if ((round + 1) % 10 === 0) console.error(`${store.dialect}: ${round + 1} of ${many} rounds, ${applications.get('acknowledged')} acknowledged, ${applications.get('lost')} lost`);
    }
    await server.kill();
    // Once more over the whole store: what an earlier round acknowledged is still there once. Counted once in the totals.
    const before = applications.get('found');
    look(store, everyOne, '0');
    applications.done.found = before;
  } finally {
    await server.running?.end('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  }
}
