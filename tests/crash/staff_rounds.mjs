// Staff and applicants: every acknowledged decision, letter, session and log-out must be there as it was acknowledged, whole, and
// no message leaves twice but where staff were told that it may have left.
//
// One round: serve, many at work, SIGKILL after a random while, recover, look, and send again what got no answer.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenByLink } from '../journeys/support/api.mjs';
import { Applicants } from './applicants.mjs';
import { checkChain } from './audit_chain.mjs';
import { Decisions } from './decisions.mjs';
import { Desk } from './desk.mjs';
import { Letters } from './letters.mjs';
import { random } from './options.mjs';
import { Outbox } from './outbox.mjs';
import { PostOffice } from './post_office.mjs';
import { binary, Server } from './server.mjs';
import { Sessions } from './sessions.mjs';
import { openStore } from './store.mjs';
import { Tally } from './tally.mjs';
import { Unanswered } from './visit.mjs';
import { lookForHalfDone } from './whole.mjs';

export const staff = new Tally(['lost', 'duplicated', 'changed', 'revived', 'unasked', 'refused', 'half_done', 'left_early', 'twice_untold', 'not_sent', 'broken_chains']);

const SCOPES = ['read_applications', 'decide_applications', 'read_messages', 'send_messages'];
const TOKENS = 5;
const APPLICATIONS = { least: 1000, aRound: 300 }; // a fifth of them can be decided upon

const now = () => Date.now() * 1000; // as the store keeps moments

// Who is at work, how many of each, and how long each rests in between (ms, about).
const workers = ({ decisions, letters, sessions, applicants, outbox }) => [
  { many: 3, rest: 80, step: () => decisions.step() },
  { many: 1, rest: 200, step: () => letters.writeToApplicant() },
  { many: 1, rest: 50, step: () => (random() < 0.6 ? sessions.openAsStaff() : sessions.logOut('staff')) },
  { many: 2, rest: 40, step: () => applicants.step() },
  { many: 1, rest: 200, step: () => outbox.step() },
];

// Until `over()`. What gets no answer is settled after the restart.
async function work({ rest, step }, over) {
  while (!over()) {
    let pause = rest;
    try {
      await step();
    } catch (problem) {
      if (!(problem instanceof Unanswered)) throw problem;
      pause = 300; // its database is away
    }
    await sleep(pause * (0.5 + random()));
  }
}

async function open(server, store, office) {
  const tokens = [];
  for (let i = 0; i < TOKENS; ++i) tokens.push(await tokenByLink({ address: server.address, staffLink: server.address + await server.makeStaffLink() }, SCOPES));
  const sessions = new Sessions(server, staff);
  const desk = new Desk(server, tokens, staff);
  const coordinator = await sessions.open(await server.makeStaffLink(), 'staff');
  coordinator.kept = true;
  const all = store.rows('select reference, lower(email) from application where reference is not null').map(([reference, email]) => ({ reference, email }));
  const undecided = store.rows('select reference from application where state in (1, 2, 3)').map(([reference]) => reference);
  const addresses = new Map();
  for (const { email } of all) addresses.set(email, (addresses.get(email) ?? 0) + 1);
  const letters = new Letters(desk, all.map(({ reference }) => reference), staff);
  const applicants = new Applicants({ server, people: all.filter(({ email }) => addresses.get(email) === 1), office, sessions, letters, tally: staff });
  return { desk, sessions, letters, applicants, decisions: new Decisions(desk, undecided, coordinator.cookie, staff), outbox: new Outbox(desk, office, staff) };
}

async function strike(server, house, killDatabase) {
  let over = false;
  const working = Promise.all(workers(house).flatMap((worker) => Array.from({ length: worker.many }, () => work(worker, () => over))));
  working.catch(() => {}); // thrown below, where somebody tidies up
  await sleep(400 + random() * 1600);
  if (killDatabase) {
    await killDatabase();
    await sleep(random() * 500); // it goes on with the database that came back
  }
  await server.kill();
  over = true;
  await working;
}

async function look(store, house, began, since) {
  house.decisions.look(store);
  house.letters.look(store);
  house.applicants.look(store, began);
  lookForHalfDone(store, began, since, staff);
  house.outbox.look(store, began);
  await house.sessions.look();
}

// `killDatabase`: kills PostgreSQL's own main process too, every other round.
export async function staffRounds(many, url, killDatabase) {
  const data = mkdtempSync(join(tmpdir(), 'bursary-crash-'));
  const store = openStore(data, url);
  const office = await PostOffice.start();
  const server = new Server(data, url, ['--undo-seconds', '1', ...office.words()]);
  try {
    const count = APPLICATIONS.least + APPLICATIONS.aRound * many;
    execFileSync(binary, ['demo', ...server.store, '--count', String(count)], { stdio: 'pipe' });
    const began = now();
    await server.start();
    const house = await open(server, store, office);
    let head;
    for (let round = 0; round < many; ++round) {
      const since = now();
      await strike(server, house, round % 2 === 1 ? killDatabase : undefined);
      staff.add('rounds');
      await server.start();
      await look(store, house, began, since);
      head = checkChain(server, head, staff);
      await house.desk.repeat();
      await house.outbox.catchUp(store);
      if ((round + 1) % 5 === 0) console.error(`${store.dialect}, staff: ${round + 1} of ${many} rounds, ${JSON.stringify(staff.done)}`);
    }
    console.error(`${store.dialect}, staff: until all mail has left`);
    await house.outbox.settle(store, began);
    await look(store, house, began, began);
    await house.sessions.look(true);
    checkChain(server, head, staff);
  } finally {
    await server.running?.end('SIGKILL');
    await office.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
