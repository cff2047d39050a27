// Kills Bursary under load, again and again, and counts what it had acknowledged: it must be there exactly once, whole, and the
// chain over the events holds after every round.
// `./dev crash [--rounds=200] [--postgres-rounds=50] [--staff-rounds=40] [--postgres-staff-rounds=20] [--seed=1]`
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { applicationRounds, applications } from './application_rounds.mjs';
import { option } from './options.mjs';
import { staff, staffRounds } from './staff_rounds.mjs';

const run = promisify(execFile);

// tools/dev/crash.sh has started it and ends it.
const postgres = process.env.BURSARY_TEST_POSTGRES;
function makeDatabase(name) {
  execFileSync('psql', ['-X', '-q', '-c', `create database ${name}`, postgres]);
  return postgres.replace('/postgres?', `/${name}?`);
}
// Its main process alone; then it recovers. Not in this process's time: the mail server lives in it.
const killPostgres = () => run('bash', ['-c', '. tools/dev/postgres.sh; postgres_restart']);

const rounds = {
  applications: { sqlite: option('rounds', 200), postgres: option('postgres-rounds', 50), run: applicationRounds },
  staff: { sqlite: option('staff-rounds', 40), postgres: option('postgres-staff-rounds', 20), run: staffRounds },
};
for (const [name, kind] of Object.entries(rounds)) {
  if (kind.sqlite > 0) await kind.run(kind.sqlite);
  if (kind.postgres > 0 && postgres) await kind.run(kind.postgres, makeDatabase(`crash_${name}`), killPostgres);
}

writeFileSync('build/crash.json', `${JSON.stringify({ ...applications.done, ...applications.faults, staff: { ...staff.done, ...staff.faults } })}\n`);
const said = (tally, figures) => Object.entries(figures).map(([what, words]) => `${tally.get(what)} ${words}`).join(', ');
console.log(`crash: ${[
  said(applications, { rounds: 'rounds', acknowledged: 'acknowledged', found: 'found', lost: 'lost', duplicated: 'duplicated', half_done: 'half-done', receipts: 'receipts', bad_receipts: 'of them bad' }),
  said(staff, { rounds: 'rounds of staff', decisions: 'decisions', undone: 'undone', released: 'released', letters: 'letters', sessions: 'sessions', log_outs: 'log-outs' }),
  said(staff, { lost: 'lost', duplicated: 'duplicated', changed: 'changed', revived: 'revived', unasked: 'unasked', refused: 'refused', half_done: 'half-done' }),
  said(staff, { mails: 'mails', sent_again: 'perhaps sent and sent again', twice_told: 'so arrived twice', twice_untold: 'twice untold', left_early: 'too early', not_sent: 'not sent' }),
  `${applications.get('chains') + staff.get('chains')} chains, ${applications.get('broken_chains') + staff.get('broken_chains')} of them broken`,
].join('; ')}`);

// Where nothing was done there was nothing to lose: no success either.
const asked = ({ sqlite, postgres: many }) => sqlite > 0 || (postgres !== undefined && many > 0);
const idle = (asked(rounds.applications) && applications.get('acknowledged') === 0) ||
  (asked(rounds.staff) && ['decisions', 'undone', 'released', 'letters', 'sessions', 'log_outs', 'mails'].some((what) => staff.get(what) === 0));
process.exit(applications.anyFault || staff.anyFault || idle ? 1 : 0);
