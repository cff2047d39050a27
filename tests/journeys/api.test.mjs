// A coordinator's whole afternoon by programs alone: found, screened, decided, released, written to. Every answer is held against the
// OpenAPI document, which a linter has read; what is repeated, stale, malformed, too large or no longer allowed is refused as it says.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { Api, makeToken } from './support/api.mjs';
import { closeBrowser, openStaff } from './support/browser.mjs';
import { binary, Server } from './support/server.mjs';

const SCOPES = ['read_applications', 'export_applications', 'screen_applications', 'decide_applications', 'read_messages', 'send_messages', 'read_audit', 'manage_people', 'manage_program'];
const LATER = '2099-01-01T00:00:00Z';

let server;
let staff;
let api;
before(async () => {
  server = await Server.start({ demo: 900, words: ['--undo-seconds', '3'] });
  staff = await openStaff(server);
  api = await Api.open(server);
  api.token = await makeToken(staff, server, { name: 'afternoon', scopes: SCOPES });
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await server.stop();
});

const get = (path, options) => api.call('GET', path, options);
const post = (path, body, options) => api.call('POST', path, { body, ...options });
const mails = (text) => {
  const folder = `${server.data}/mail/new`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'latin1')).filter((mail) => mail.includes(text));
};
const until = async (holds, what) => {
  for (let i = 0; i < 100; ++i) {
    const found = await holds();
    if (found) return found;
    await rest(100);
  }
  return assert.fail(`never: ${what}`);
};
const some = async (state, n) => (await get(`/applications?q=state:${state}%20sort:oldest&limit=${n}`)).body.items;

test('a linter finds nothing to say about the document', async () => {
  const source = JSON.stringify(api.document);
  const config = await createConfig({ extends: ['recommended-strict'], rules: { 'no-server-example.com': 'off', 'security-defined': 'error' } });
  const problems = await lintFromString({ source, absoluteRef: `${server.address}/openapi.json`, config });
  assert.deepEqual(problems.map((problem) => `${problem.ruleId} ${problem.location[0]?.pointer}: ${problem.message}`), []);
  // The file is the same at each start: what changes it is a route.
  assert.equal(source, JSON.stringify(await (await fetch(`${api.address}/openapi.json`)).json()));
});

test('the reference for people has every operation, and every shape that it leads to', async () => {
  const page = await (await fetch(`${server.address}/api`)).text();
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
  assert.deepEqual(api.operations().filter((id) => !ids.has(id)), []);
  assert.deepEqual([...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]).filter((id) => !ids.has(id)), []);
});

test('who asks, and for which program', async () => {
  const token = (await get('/token')).body;
  assert.deepEqual(token.may.filter((scope) => scope !== 'staff').sort(), [...SCOPES].sort());
  const program = (await get('/program')).body;
  assert.ok(program.areas.length > 3 && program.countries.length > 100);
  const form = await get(`/program/forms/${program.form_version}`);
  assert.ok(form.body.sections.length > 0);
  assert.equal((await get('/program/forms/0123')).status, 404);
});

test('500 are paged through while others are moved and come in: no gap, no repetition', async () => {
  const before = await api.all('/applications?q=sort:oldest', { limit: 200 });
  assert.ok(before.length >= 400);
  const movable = (await some('submitted', 16)).map((row) => row.reference); // the others stay for the tests below
  for (const order of ['sort:newest', 'sort:oldest']) {
    const these = movable.splice(0, 8);
    let moved = 0;
    const rows = await api.all(`/applications?q=${order}`, {
      limit: 37,
      between: async () => {
        const reference = these.pop();
        if (reference && (await post(`/applications/${reference}/moves`, { act: 'take_up' })).status === 200) ++moved;
      },
    });
    const references = rows.map((row) => row.reference);
    assert.equal(new Set(references).size, references.length);
    assert.deepEqual([...references].sort(), before.map((row) => row.reference).sort());
    assert.ok(moved > 5);
  }
  const first = await get('/applications?q=state:submitted&limit=2');
  for (const path of [`/applications?cursor=${first.body.next}`, `/applications?q=state:screening&cursor=${first.body.next}`, '/applications?cursor=AAAA']) {
    assert.equal((await get(path)).status, 400);
  }
});

test('counted and exported: the same numbers everywhere', async () => {
  const submitted = await api.all('/applications?q=state:submitted', { limit: 200 });
  const count = await until(async () => {
    const told = (await get('/applications/count?q=state:submitted')).body;
    return told.total === submitted.length && told;
  }, 'a count that fits');
  assert.equal(count.exact, true);
  const facets = (await get('/applications/facets')).body;
  assert.equal(facets.facets.state.submitted, submitted.length);
  const lines = (await get('/applications/export?q=state:submitted')).text.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map((line) => line.reference).sort(), submitted.map((row) => row.reference).sort());
  const csv = await get('/applications/export?q=state:submitted&format=csv');
  assert.equal(csv.type, 'text/csv');
  assert.match(csv.text, /^\uFEFF?reference,state,/);
});

test('one is read whole; what was seen and has changed since is refused', async () => {
  const [row] = await some('submitted', 1);
  const path = `/applications/${row.reference}`;
  const read = await get(path);
  const etag = read.headers.get('etag');
  assert.match(etag, /^"[\w-]+"$/);
  assert.equal(read.body.answers.first_name.length > 0, true);
  assert.ok(Object.keys(read.body.readings).length > 0);
  const taken = await post(`${path}/moves`, { act: 'take_up' }, { match: etag });
  assert.equal(taken.status, 200);
  assert.equal(taken.body.state, 'screening');
  const stale = await post(`${path}/moves`, { act: 'send_to_review' }, { match: etag });
  assert.equal(stale.status, 412);
  assert.equal((await post(`${path}/moves`, { act: 'send_to_review', seen: 'submitted' })).status, 409);
  assert.equal((await post(`${path}/notes`, { text: 'Spoke with the sponsor.' })).status, 201);
  assert.equal((await post(`${path}/flags`, { flag: 'attention', reason: 'Look at the budget.' }, { match: taken.headers.get('etag') })).status, 201);
  assert.equal((await post(`${path}/flags`, { flag: 'attention', reason: 'Twice.' })).status, 409);
  assert.deepEqual((await get(path)).body.flags.map((flag) => flag.flag).includes('attention'), true);
  assert.equal((await post(`${path}/flags/attention/remove`, { reason: 'It is fine.' })).status, 200);
  const checked = await post(`${path}/checks`, { kind: 'orcid', outcome: 'confirmed', subject: '0000-0002-1825-0098' });
  assert.equal(checked.status, 422);
  assert.equal(checked.body.errors[0].pointer, '/subject');
  assert.equal((await post(`${path}/checks`, { kind: 'orcid', outcome: 'confirmed', subject: '0000-0002-1825-0097' })).status, 201);
  const screening = (await get(`${path}/screening`)).body;
  assert.equal(screening.notes.length, 2); // and why the flag went
  const mended = await api.call('PUT', `${path}/notes/${screening.notes.find((note) => /sponsor/.test(note.text)).id}`, { body: { text: 'Spoke with both sponsors.' } });
  assert.equal(mended.status, 200);
  const me = (await get('/token')).body.maker.id;
  assert.equal((await api.call('PUT', `${path}/assignee`, { body: { person: '1' } })).status, 422); // nobody there
  assert.equal((await api.call('PUT', `${path}/assignee`, { body: { person: me } })).body.assignee, me);
  assert.equal((await api.call('PUT', `${path}/assignee`, { body: { person: null } })).status, 200);
  const timeline = (await get(`${path}/timeline`)).body.items.map((event) => event.kind);
  for (const kind of ['submitted', 'moved', 'noted', 'flag_added', 'flag_removed', 'verified', 'note_edited']) assert.ok(timeline.includes(kind), kind);
  const held = await post(`${path}/moves`, { act: 'hold', text: 'Waits for a letter.', until: LATER });
  assert.equal(held.body.state, 'on_hold');
  assert.equal((await post(`${path}/moves`, { act: 'hold', text: 'x', until: '2001-01-01T00:00:00Z' })).body.errors[0].pointer, '/until');
  assert.equal((await post(`${path}/moves`, { act: 'end_hold' })).body.state, 'screening');
  const returned = await post(`${path}/moves`, { act: 'return', text: 'Please say how long it takes.', until: LATER });
  assert.equal(returned.body.state, 'returned');
  await until(() => mails('say how long it takes').length === 1, 'the mail that asks for changes');
});

test('the same key does it once, also when ten are sent at a time', async () => {
  const [row] = await some('in_review', 1);
  const path = `/applications/${row.reference}/messages`;
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(path, { text: 'Just once, please.' }, { key })));
  for (const answer of answers) assert.equal(answer.status, 201, answer.text);
  assert.equal(new Set(answers.map((answer) => answer.text)).size, 1);
  assert.equal(answers.filter((answer) => answer.headers.get('idempotency-replayed') === 'true').length, 9);
  assert.equal((await get(path)).body.letters.length, 1);
  const other = await post(path, { text: 'Something else.' }, { key });
  assert.equal(other.status, 422);
  assert.match(other.body.type, /key_reused/);
  await until(() => mails('Just once').length > 0, 'the letter');
  await rest(1000);
  assert.equal(mails('Just once').length, 1);
});

test('decided, looked at, one kept back, released: exactly the others are written to', async () => {
  const rows = await some('in_review', 8);
  const choice = { kind: 'decline', criterion: 'limited-funds', reason: 'There was a long row of fine plans.' };
  const [first, second, ...others] = rows.map((row) => row.reference);
  const missing = await post(`/applications/${first}/decision`, { kind: 'decline' });
  assert.equal(missing.status, 422);
  assert.deepEqual(missing.body.errors.map((error) => error.pointer).sort(), ['/criterion', '/reason']);
  const one = await post(`/applications/${first}/decision`, choice, { key: 'first' });
  assert.equal(one.status, 201);
  assert.equal(one.body.state, 'decided');
  assert.equal((await post(`/applications/${first}/decision`, choice)).status, 409);
  const changed = await api.call('PUT', `/applications/${first}/decision`, { body: { ...choice, note: 'Try again in spring.', version: one.body.version } });
  assert.equal(changed.status, 200);
  assert.equal((await api.call('PUT', `/applications/${first}/decision`, { body: { ...choice, version: one.body.version } })).status, 409);
  assert.equal((await post(`/applications/${second}/decision`, choice)).status, 201);
  const undone = await post(`/applications/${second}/decision/undo`, {});
  assert.deepEqual([undone.body.decided, undone.body.state], ['undone', 'in_review']);
  // All of them or none.
  const half = await post('/decisions', { ...choice, references: [others[0], first, others[1]] });
  assert.equal(half.status, 409);
  assert.equal(half.body.errors[0].pointer, '/references/1');
  assert.equal((await get(`/applications/${others[0]}`)).body.state, 'in_review');
  const many = await post('/decisions', { ...choice, references: others });
  assert.equal(many.status, 201);
  const pending = await api.all('/decisions', { limit: 3 });
  const ours = pending.filter((one) => [first, ...others].includes(one.reference));
  assert.equal(ours.length, 7);
  assert.equal((await get(`/applications/${first}/decision`)).body.decisions[0].note, 'Try again in spring.');

  const stale = await post('/releases', { decisions: [{ decision: ours[0].decision, version: 99 }] });
  assert.equal(stale.status, 409);
  const dropped = await post('/releases', { decisions: ours.slice(0, 2).map(({ decision, version }) => ({ decision, version })) });
  assert.equal(dropped.body.taken, 2);
  assert.equal((await post(`/releases/${dropped.body.release}/undo`)).body.state, 'undone');
  const again = (await api.all('/decisions')).filter((one) => [first, ...others].includes(one.reference));
  assert.equal(again.length, 7);
  const released = await post('/releases', { decisions: again.map(({ decision, version }) => ({ decision, version })) }, { key: 'release' });
  assert.equal(released.status, 201);
  const release = (await get(`/releases/${released.body.release}`)).body;
  const kept = release.decisions.find((one) => one.reference === first);
  assert.equal((await post(`/releases/${released.body.release}/keep-back`, { decision: kept.decision, version: kept.version })).status, 200);
  assert.equal(mails('long row of fine plans').length, 0);
  assert.ok((await get('/messages?state=held')).body.items.length >= 6);
  await until(async () => (await get(`/releases/${released.body.release}`)).body.state === 'done', 'everything has left');
  await until(() => mails('long row of fine plans').length === 6, 'six mails');
  await rest(1000);
  assert.equal(mails('long row of fine plans').length, 6);
  assert.equal((await get(`/applications/${others[0]}`)).body.state, 'declined');
  assert.equal((await get(`/applications/${first}`)).body.state, 'in_review'); // kept back, it waits to be decided
  assert.ok((await get('/releases')).body.items.some((one) => one.release === released.body.release));
  assert.equal((await post(`/releases/${released.body.release}/undo`)).status, 409);
  assert.equal((await post(`/applications/${others[0]}/appeal`, { heard: true, answer: 'Heard.' })).status, 404);
});

test('many at once: looked at first, done behind the answer, taken back', async () => {
  const order = { action: 'screen', query: 'state:submitted' };
  const preview = await post('/bulk', { ...order, dry_run: true });
  assert.equal(preview.status, 200);
  assert.equal(preview.body.bulk, null);
  assert.ok(preview.body.total > 10);
  const begun = await post('/bulk', { ...order, as_of: preview.body.as_of }, { key: 'bulk' });
  assert.equal(begun.status, 202);
  assert.equal(begun.body.total, preview.body.total);
  assert.equal((await post('/bulk', { ...order, as_of: preview.body.as_of }, { key: 'bulk' })).body.bulk, begun.body.bulk);
  const done = await until(async () => {
    const bulk = (await get(`/bulk/${begun.body.bulk}`)).body;
    return bulk.state === 'done' && bulk;
  }, 'done');
  assert.equal(done.outcomes.done, preview.body.total);
  assert.equal((await post(`/bulk/${begun.body.bulk}/undo`)).status, 202);
  await until(async () => (await get(`/bulk/${begun.body.bulk}`)).body.state === 'undone', 'undone');
  const unknown = await post('/bulk', { action: 'screen', references: [preview.body.some[0], 'RA-0000-00000'] });
  assert.equal(unknown.body.errors[0].pointer, '/references/1');
  assert.equal((await post('/bulk', { action: 'screen' })).status, 422);
});

test('messages: listed, read, sent again, taken back; figures, overdue, lists, people, audit', async () => {
  const listed = await api.all('/messages', { limit: 100 });
  assert.ok(listed.length > 6);
  const message = (await get(`/messages/${listed[0].id}`)).body;
  assert.ok(message.text.length > 0);
  assert.doesNotMatch(JSON.stringify(message), /\/application\/[0-9A-Z]{8,}-/); // private links are masked
  assert.equal((await post(`/messages/${listed[0].id}/cancel`)).status, 409); // it has left
  assert.equal((await get('/messages/1')).status, 404);
  assert.ok((await get('/health/outbox')).body.failed >= 0);
  const figures = (await get('/insights')).body.figures.map((figure) => figure.figure);
  assert.ok(figures.includes('funnel') && figures.includes('turnaround'));
  assert.equal((await get('/insights?from=March00')).status, 422);
  assert.ok((await get('/overdue')).body.steps.length > 3);
  const kept = await post('/views', { name: 'Kenya', query: 'country:KE', shared: true });
  assert.equal(kept.status, 201);
  assert.equal((await post('/views', { name: 'x', query: 'nonsense:1' })).status, 400);
  assert.equal((await api.call('PUT', `/views/${kept.body.id}`, { body: { name: 'Kenya only', shared: false } })).status, 200);
  assert.deepEqual((await get('/views')).body.items.map((view) => view.name), ['Kenya only']);
  assert.equal((await api.call('DELETE', `/views/${kept.body.id}`)).status, 200);
  assert.equal((await api.call('DELETE', `/views/${kept.body.id}`)).status, 404);
  const events = await get('/audit/events?kind=token_used&limit=5');
  assert.equal(events.body.items.length, 5);
  assert.equal(events.body.items[0].detail.operation, 'dropView');
  const next = await get(`/audit/events?kind=token_used&limit=5&cursor=${events.body.next}`);
  assert.ok(next.body.items.every((event) => event.id < events.body.items.at(-1).id));
  assert.equal((await get('/audit/events?kind=nonsense')).status, 422);
  const head = await until(async () => {
    const told = (await get('/audit/head')).body;
    return told.waiting === 0 && told;
  }, 'all sealed');
  assert.ok(head.number > 100);
  assert.equal((await post('/people/invitations', { email: 'new@example.org', role: 'auditor' })).status, 201);
  const people = (await get('/people')).body;
  assert.equal(people.invitations.length, 1);
  assert.equal((await api.call('DELETE', `/people/invitations/${people.invitations[0].id}`)).status, 200);
  const me = people.items[0];
  assert.equal((await api.call('PUT', `/people/${me.id}/roles/auditor`)).status, 200);
  assert.equal((await api.call('DELETE', `/people/${me.id}/roles/auditor`)).status, 200);
  assert.equal((await api.call('DELETE', `/people/${me.id}/roles/administrator`)).status, 409);
});

test('what is malformed, too much or too large is refused, and says why', async () => {
  const terms = encodeURIComponent(Array.from({ length: 1500 }, (_, i) => `a${i}`).join(' '));
  const long = await get(`/applications?q=${terms}`);
  assert.equal(long.status, 414);
  const many = await get(`/applications?q=${encodeURIComponent(Array.from({ length: 300 }, (_, i) => `a${i}`).join(' '))}`);
  assert.equal(many.status, 400);
  assert.match(many.body.type, /request\.query/);
  const ten = await post('/views', { name: 'x', query: Array.from({ length: 10_000 }, () => 'a').join(' ') });
  assert.equal(ten.status, 400);
  assert.equal(ten.body.errors[0].pointer, '/query');
  const mistyped = await get('/applications?q=state:submited');
  assert.match(mistyped.body.errors[0].detail, /^Characters 6 to 14: .*submitted/);
  assert.equal((await get('/applications?q=x&limit=201&other=1')).body.errors.length, 2);
  const big = await api.call('POST', '/views', { raw: 'x'.repeat(10 * 1024 * 1024), headers: { 'Content-Type': 'application/json' } }).catch((error) => error);
  if (!(big instanceof Error)) assert.equal(big.status, 413); // or the connection ends while it is still being sent
  assert.equal((await api.call('POST', '/views', { raw: '{"name":', headers: { 'Content-Type': 'application/json' } })).status, 400);
  assert.equal((await api.call('POST', '/views', { raw: 'name=x', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).status, 415);
  assert.equal((await api.call('DELETE', '/applications')).status, 405);
  // No column is set by naming it.
  const mass = await post('/views', { name: 'x', query: '', id: '1', owner: '1', program: 'other', created_at: 0 });
  assert.deepEqual(mass.body.errors.map((error) => error.pointer).sort(), ['/created_at', '/id', '/owner', '/program']);
});

test('a token reaches as far as its scopes; what it may not see is not there', async () => {
  const narrow = await makeToken(staff, server, { name: 'messages alone', scopes: ['read_messages'] });
  assert.equal((await get('/messages?limit=1', { token: narrow })).status, 200);
  for (const path of ['/applications', '/applications/count', '/applications/export', '/audit/head', '/tokens', '/people', '/insights']) {
    assert.equal((await get(path, { token: narrow })).status, 404, path);
  }
  const [row] = await some('submitted', 1);
  const real = await get(`/applications/${row.reference}`, { token: narrow });
  const none = await get('/applications/RA-0000-00000', { token: narrow });
  assert.deepEqual({ ...real.body, request_id: '' }, { ...none.body, request_id: '' });
  assert.equal((await get('/applications', { token: '' })).status, 401);
  assert.match((await get('/applications', { token: 'bursary_st_nonsense' })).headers.get('www-authenticate'), /invalid_token/);
});

test('a revoked token is nobody’s at once', async () => {
  const spare = await makeToken(staff, server, { name: 'spare', scopes: ['read_applications'] });
  assert.equal((await get('/applications?limit=1', { token: spare })).status, 200);
  const id = (await get('/token', { token: spare })).body.id;
  assert.ok((await get('/tokens')).body.items.some((token) => token.id === id && token.good && token.used_at));
  assert.equal((await post(`/tokens/${id}/revoke`)).status, 200);
  assert.equal((await get('/applications?limit=1', { token: spare })).status, 401);
  assert.equal((await post(`/tokens/${id}/revoke`)).status, 404);
  await staff.goto(`${server.address}/staff/tokens`);
  assert.match(await staff.locator('tr', { hasText: 'spare' }).innerText(), /Revoked/);
});

test('no token is in the log, the database or a page', async () => {
  assert.doesNotMatch(server.log, /bursary_st_/);
  const dump = readdirSync(server.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'latin1'));
  for (const file of dump) assert.ok(!file.includes(api.token));
  const verified = spawnSync(binary, ['audit', 'verify', '--data', server.data], { encoding: 'utf8' });
  assert.equal(verified.status, 0, verified.stdout + verified.stderr);
});

test('every operation of the document was seen to do what it says', () => {
  // What needs a file, an appeal, mail that failed or a receiver is seen, and counted in the same way, in the journey of that.
  const elsewhere = { appeal: ['downloadFile', 'decideAppeal'], mail: ['resendMessage', 'cancelMessage'], webhooks: api.operations().filter((id) => /webhook|deliver/i.test(id)) };
  for (const journey of Object.keys(elsewhere)) assert.match(readFileSync(`tests/journeys/${journey}.test.mjs`, 'utf8'), /!api\.done\.has\(id\)/, journey);
  const there = Object.values(elsewhere).flat();
  assert.deepEqual(api.operations().filter((id) => !api.done.has(id) && !there.includes(id)), []);
});
