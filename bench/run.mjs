// Runs the measurements that bench/README.md describes and says whether each goal holds. Options: --rows=1000000 (applications in
// the lists' database, made once and kept in build/bench), --runs=5 (pairs of each measurement), --only=REGEX, --filled=URL (a
// PostgreSQL database that `bursary demo` has filled already: making a million there takes a quarter of an hour).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const option = (name, fallback) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const RUNS = Number(option('runs', 5));
const ROWS = Number(option('rows', 1_000_000));
const ONLY = new RegExp(option('only', '.'));
const root = resolve('.');
const bin = (name) => join(root, 'build/release/bench', name);
const binary = join(root, 'build/release/bursary');
const postgres = process.env.BURSARY_TEST_POSTGRES;
mkdirSync('build/bench', { recursive: true });

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const results = [];
function record(name, value, unit, peer, peerValue, goal, holds, note = '') {
  const ratio = peerValue ? value / peerValue : null;
  results.push({ name, value, unit, peer, peer_value: peerValue, ratio, goal, holds, note });
  const show = (x) => (x === null || x === undefined ? '—' : Number(x.toPrecision(4)));
  console.log(`${holds ? 'holds ' : 'MISSED'}  ${name.padEnd(34)} ${String(show(value)).padStart(9)} ${unit.padEnd(6)} ${String(show(peerValue)).padStart(9)} ${peer ?? ''}  ratio ${show(ratio)}  goal ${goal} ${note}`);
}

const run = (command, words, options = {}) => {
  const outcome = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (outcome.status !== 0) throw new Error(`${command} ${words.join(' ')}: ${outcome.stderr}`);
  return outcome.stdout;
};
const json = (command, words) => JSON.parse(run(command, words));
const folder = () => mkdtempSync(join(tmpdir(), 'bursary-bench-'));

async function serve(data, words = []) {
  const server = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--no-defence', '--no-request-log', '--log-level', 'error', '--staff-link', ...words],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => server.once('exit', done));
  let said = '';
  await new Promise((done, failed) => {
    server.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('staff link')) done();
    });
    ended.then(() => failed(new Error(said)));
  });
  const port = Number(/http:\/\/[^:]+:(\d+)/.exec(said)[1]);
  return { port, pid: server.pid, link: /staff link[^:]*: (\S+)/.exec(said)[1], stop: async () => { server.kill('SIGTERM'); await ended; } };
}
const MOST = 500; // pages of each kind, by one connection
const load = (words) => json(bin('bench_load'), words.map(String));

// What an earlier run left to be done behind (seals, counts, figures) is done first: until the server rests for two seconds.
async function rested(pid) {
  const ticks = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).reduce((sum, one) => sum + Number(one), 0);
  for (let calm = 0, seconds = 0; calm < 2 && seconds < 120; ++seconds) {
    const before = ticks();
    await sleep(1000);
    calm = ticks() - before <= 2 ? calm + 1 : 0; // hundredths of a second
  }
}

// Not from its first: the peer, too, has asked once before it is timed.
function page(words) {
  const all = (most) => load([...words, '--most', most, '--seconds', 60, '--warm-up', 0]);
  all(10);
  return all(MOST);
}

// nginx with the bytes and headers that Bursary answered with.
async function nginx(path, port) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'Accept-Encoding': 'gzip' } });
  const place = folder();
  const body = spawnSync('curl', ['-s', '-H', 'Accept-Encoding: gzip', `http://127.0.0.1:${port}${path}`]).stdout;
  writeFileSync(join(place, 'page'), body);
  const skip = new Set(['content-length', 'date', 'connection', 'etag', 'content-type', 'keep-alive']);
  const headers = [...answer.headers].filter(([name]) => !skip.has(name)).map(([name, value]) => `add_header ${name} "${value.replaceAll('"', '\\"')}";`);
  if (!answer.headers.has('content-encoding')) headers.push('add_header content-encoding gzip;');
  const peer = 20_000 + Math.floor(Math.random() * 20_000);
  writeFileSync(join(place, 'nginx.conf'), `daemon off; worker_processes 2; pid ${place}/pid; error_log ${place}/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100; default_type "text/html; charset=utf-8";
  client_body_temp_path ${place}; proxy_temp_path ${place}; fastcgi_temp_path ${place}; uwsgi_temp_path ${place}; scgi_temp_path ${place};
  server { listen 127.0.0.1:${peer} reuseport; location = ${path} { alias ${place}/page; ${headers.join(' ')} } } }`);
  spawnSync('chmod', ['-R', 'a+rX', place]);
  const child = spawn('nginx', ['-p', place, '-c', join(place, 'nginx.conf')], { stdio: 'ignore' });
  await sleep(500);
  return { port: peer, bytes: body.length, stop: () => { child.kill('SIGTERM'); rmSync(place, { recursive: true, force: true }); } };
}
const wrk = (port, path) => Number(/Requests\/sec:\s+([\d.]+)/.exec(run('wrk', ['-t2', '-c64', '-d3s', '-H', 'Accept-Encoding: gzip', `http://127.0.0.1:${port}${path}`]))[1]);

async function formPage() {
  const data = folder();
  const server = await serve(data);
  const peer = await nginx('/apply', server.port);
  const ours = [];
  const theirs = [];
  for (let i = 0; i < RUNS; ++i) {
    ours.push(wrk(server.port, '/apply'));
    theirs.push(wrk(peer.port, '/apply'));
  }
  peer.stop();
  await server.stop();
  const ratio = median(ours.map((value, i) => value / theirs[i]));
  record('form_page', median(ours), '/s', 'nginx', median(theirs), '≥ 1.0 ×', ratio >= 1, `(${peer.bytes} bytes of gzip)`);
}

async function submit(name, words, barePeer, prepare, ratioGoal, rateGoal) {
  const ours = [];
  const theirs = [];
  for (let i = 0; i < RUNS; ++i) {
    const data = folder();
    const extra = prepare(data);
    const server = await serve(data, [...words, ...extra]);
    const outcome = load(['--port', server.port, '--body', 'bench/load/application.body', '--connections', 64, '--seconds', 5, '--warm-up', 1]);
    if (outcome.bad > 0) throw new Error(`${outcome.bad} submissions were refused`);
    ours.push(outcome.rate);
    await server.stop();
    rmSync(data, { recursive: true, force: true });
    theirs.push(barePeer());
  }
  const ratio = median(ours.map((value, i) => value / theirs[i]));
  record(name, median(ours), '/s', 'bare', median(theirs), `≥ ${ratioGoal} ×${rateGoal ? ` and ≥ ${rateGoal}/s` : ''}`, ratio >= ratioGoal && median(ours) >= (rateGoal ?? 0));
}

let databases = 0;
function freshPostgres() {
  const name = `bench_${process.pid}_${++databases}`;
  run('psql', ['-X', '-q', '-c', `create database ${name}`, postgres]);
  return postgres.replace('/postgres?', `/${name}?`);
}
function bareSqlite() {
  const data = folder();
  run(binary, ['migrate', '--data', data]);
  const { rate } = json(bin('bare_sqlite'), [join(data, 'bursary.db'), '5', '64']);
  rmSync(data, { recursive: true, force: true });
  return rate;
}
function barePostgres() {
  const data = folder();
  const url = freshPostgres();
  run(binary, ['migrate', '--data', data, '--database', url]);
  return json(bin('bare_postgres'), [url, '5', '16']).rate;
}

function render() {
  const figures = Array.from({ length: RUNS }, () => json(bin('bench_render'), []));
  const ratio = median(figures.map((f) => f.template_us / f.appends_us));
  record('render', median(figures.map((f) => f.template_us)), 'µs', 'appends', median(figures.map((f) => f.appends_us)), '≤ 6 ×', ratio <= 6);
}

async function cookieOf(server) {
  const link = server.link.replace(/^http:\/\/[^/]+/, '');
  const base = `http://localhost:${server.port}`;
  const opened = await fetch(base + link, { method: 'POST', redirect: 'manual', headers: { Origin: base, 'Content-Type': 'application/x-www-form-urlencoded' }, body: '' });
  return opened.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
}

const lasting = (dialect) => join(root, 'build/bench', `data-${dialect}-${ROWS}`);
function fill(data, words = []) {
  if (existsSync(join(data, 'made'))) return;
  rmSync(data, { recursive: true, force: true }); // what was left half made would be added to
  run(binary, ['demo', '--data', data, '--count', String(ROWS), ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(join(data, 'made'), '');
}

async function lists(dialect) {
  const data = lasting(dialect);
  let words = [];
  let where = ['sqlite', join(data, 'bursary.db')];
  if (dialect === 'postgres') {
    const filled = option('filled', null);
    const url = filled ?? freshPostgres();
    words = ['--database', url];
    where = ['postgres', url];
    rmSync(data, { recursive: true, force: true });
    if (filled) {
      run(binary, ['migrate', '--data', data, ...words]);
      writeFileSync(join(data, 'made'), '');
    }
  }
  fill(data, words);
  const bare = run(bin('bare_list'), [...where, String(MOST)]).trim().split('\n').map((line) => JSON.parse(line));
  const server = await serve(data, words);
  const cookie = await cookieOf(server);
  await rested(server.pid);
  for (const one of bare) {
    const outcome = page(['--port', server.port, '--path', one.query ? `/staff?${one.query}` : '/staff', '--connections', 1, '--cookie', cookie]);
    if (outcome.bad > 0) throw new Error(`${one.name}: ${outcome.bad} bad answers`);
    const [kind, ...rest] = one.name.split('.');
    const common = /common/.test(one.name) && dialect === 'postgres';
    const limit = common ? 120_000 : 50_000;
    record(`${kind}_${dialect}.${rest.join('.')}`, outcome.p99_us / 1000, 'ms p99', 'SQL', one.p99_us / 1000, `≤ ${limit / 1000} ms and ≤ 2 × or ≤ 5 ms`,
      outcome.p99_us <= limit && (kind === 'search' || outcome.p99_us <= Math.max(5000, 2 * one.p99_us)));
  }
  await facets(server, cookie, dialect);
  await bulk(server, cookie, dialect);
  await server.stop();
}

// The counts beside the filters: from the tally where it tells, else row by row up to their bound.
async function facets(server, cookie, dialect) {
  const cases = {
    all: '', state: 'state:submitted', country: 'country:KE', area: 'area:alignment', flag: 'flag:unsupported_country', state_country: 'state:declined country:KE,NG,BR',
    country_area: 'state:submitted country:KE area:alignment', 'bounded.dates': 'submitted:>2026-02-01', 'bounded.country_flag': 'country:KE flag:unsupported_country',
    'bounded.without': '-state:declined -country:KE', 'bounded.words': 'model',
  };
  for (const [name, query] of Object.entries(cases)) {
    const outcome = page(['--port', server.port, '--path', `/staff/counts${query && `?q=${encodeURIComponent(query)}`}`, '--connections', 1, '--cookie', cookie]);
    if (outcome.bad > 0) throw new Error(`facets of ${query}: ${outcome.bad} bad answers`);
    const limit = name === 'bounded.words' && dialect === 'postgres' ? 120 : 50;
    record(`facet_${dialect}.${name}`, outcome.p99_us / 1000, 'ms p99', null, null, `≤ ${limit} ms`, outcome.p99_us <= limit * 1000);
  }
}

// Ten thousand at once, and taken back: from the post to the page that says what became of each.
async function bulk(server, cookie, dialect) {
  const base = `http://localhost:${server.port}`;
  const page = async (path) => (await fetch(base + path, { headers: { Cookie: cookie } })).text();
  const hidden = (html, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)[1];
  const finished = async (address) => {
    for (;;) {
      const html = await page(address);
      if (!html.includes('<progress')) return html;
      await sleep(20);
    }
  };
  const post = async (path, form) => {
    const began = performance.now();
    const answer = await fetch(base + path, { method: 'POST', redirect: 'manual', headers: { Origin: base, Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form) });
    const to = answer.headers.get('location');
    if (!to) throw new Error(`${path}: ${answer.status}`);
    const html = await finished(to);
    return { ms: performance.now() - began, to, html };
  };
  // As many days as hold ten thousand.
  const day = (n) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
  let days = 1;
  const many = async () => Number(/(?:\(|Over )?([\d,]+) applications/.exec(await page(`/staff?count=1&q=${encodeURIComponent(`state:submitted submitted:>${day(days)}`)}`))?.[1].replaceAll(',', '') ?? 0);
  while (days < 2000 && (await many()) < 10_000) days = Math.ceil(days * 1.3);
  const q = `state:submitted submitted:>${day(days)}`;
  const html = await page(`/staff?q=${encodeURIComponent(q)}`);
  const staffed = /value="(assign:\d+)"/.exec(html)[1];
  for (const [name, act] of [['screen', 'screen'], ['assign', staffed]]) {
    const form = { _token: hidden(html, '_token'), q, as_of: hidden(html, 'as_of'), all: '1', act };
    const there = await post('/staff/bulk', form);
    const rows = Number((/: ([\d,]+) applications/.exec(there.html)?.[1] ?? '0').replaceAll(',', ''));
    const back = await post(`${there.to}/undo`, { _token: form._token });
    const limit = Math.max(2000, (2000 * rows) / 10_000);
    record(`bulk_${dialect}.${name}`, there.ms, 'ms', null, null, '≤ 2 s for 10,000', there.ms <= limit, `(${rows} rows)`);
    record(`bulk_${dialect}.${name}.undo`, back.ms, 'ms', null, null, '≤ 2 s for 10,000', back.ms <= limit, `(${rows} rows)`);
  }
}

// Ten thousand decided by hand, in a program of thirty thousand: chosen in the queue, looked at, decided, released, taken back,
// released again and gone.
async function decide(dialect) {
  const data = folder();
  const words = dialect === 'postgres' ? ['--database', freshPostgres()] : [];
  run(binary, ['demo', '--data', data, '--count', '30000', ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = await serve(data, [...words, '--undo-seconds', '5']);
  const base = `http://localhost:${server.port}`;
  const headers = { Origin: base, Cookie: await cookieOf(server), 'Content-Type': 'application/x-www-form-urlencoded' };
  await rested(server.pid);
  const send = async (path, form) => {
    const began = performance.now();
    const answer = await fetch(base + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });
    const html = await answer.text();
    if (![200, 303].includes(answer.status)) throw new Error(`${path}: ${answer.status}`);
    return { ms: performance.now() - began, html, to: answer.headers.get('location') };
  };
  const page = async (path) => (await fetch(base + path, { headers })).text();
  const field = (html, name) => new RegExp(`name="${name}"[^>]*?value="([^"]*)"`).exec(html)[1];
  const text = (html, name) => new RegExp(`<textarea[^>]*name="${name}"[^>]*>([^<]*)`).exec(html)[1];
  const said = { kind: 'decline', criterion: 'limited-funds', reason: 'There were more good plans than funds.', note: '' };
  const day = (n) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
  const many = async (query) => Number(/([\d,]+) applications/.exec(await page(`/staff?count=1&q=${encodeURIComponent(query)}`))?.[1].replaceAll(',', '') ?? 0);
  let days = 2000;
  const query = () => `state:submitted,screening submitted:>${day(days)}`;
  while ((await many(query())) > 10_000) days = Math.floor(days * 0.98);
  const list = await page(`/staff?q=${encodeURIComponent(query())}`);
  const steps = {};
  const token = field(list, '_token');
  const opened = (steps.choose = await send('/staff/bulk', { _token: token, q: query(), as_of: field(list, 'as_of'), all: '1', act: 'decide' }));
  const shown = (steps.preview = await send('/staff/decisions/many', { _token: token, _action: 'preview', references: text(opened.html, 'references'), ...said }));
  const seen = field(shown.html, 'seen');
  const rows = seen.split(' ').length;
  steps.apply = await send('/staff/decisions/many', { _token: token, _action: 'apply', references: field(shown.html, 'references'), seen, ...said });
  const release = () => send('/staff/decisions/releases', { _token: token, _action: 'all', _shown_at: new Date().toISOString() });
  const made = (steps.release = await release());
  steps.undo = await send(`${made.to}/undo`, { _token: token });
  const again = await release();
  await sleep(5000);
  const began = performance.now();
  while (!/Everything has left/.test(await page(again.to))) await sleep(50);
  steps.leave = { ms: performance.now() - began };
  for (const [name, { ms }] of Object.entries(steps)) {
    const limit = Math.max(2000, (2000 * rows) / 10_000);
    record(`decide_${dialect}.${name}`, ms, 'ms', null, null, '≤ 2 s for 10,000', ms <= limit, `(${rows} rows)`);
  }
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}

async function startAndMemory() {
  const data = lasting('sqlite');
  fill(data);
  const first = await serve(data); // what is to be counted and sealed once, of a store just made, is done before
  await rested(first.pid);
  await first.stop();
  const took = [];
  let resident = 0;
  for (let i = 0; i < RUNS; ++i) {
    const began = performance.now();
    const port = 41_000 + Math.floor(Math.random() * 9000);
    const child = spawn(binary, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--log-level', 'error'], { stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', done));
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/apply`).catch(() => null);
      if (answer?.ok) break;
      await sleep(2);
    }
    took.push(performance.now() - began);
    await sleep(2000);
    resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
    child.kill('SIGTERM');
    await ended;
  }
  record('start', median(took), 'ms', null, null, '≤ 200 ms', median(took) <= 200, `(${ROWS} applications)`);
  record('memory_idle', resident, 'MB', null, null, '≤ 64 MB', resident <= 64);
}

async function indexFreshness() {
  const data = folder();
  const server = await serve(data);
  const cookie = await cookieOf(server);
  const base = `http://localhost:${server.port}`;
  const found = async (query) => (await (await fetch(`${base}/staff?q=${query}`, { headers: { Cookie: cookie } })).text()).includes('/staff/applications/');
  const waiting = async () => Number(/bursary_index_waiting (\d+)/.exec(await (await fetch(`${base}/metrics`)).text())[1]);
  const calm = [];
  for (let i = 0; i < RUNS; ++i) {
    const number = 9_000_000 + i;
    load(['--port', server.port, '--body', 'bench/load/application.body', '--connections', 1, '--most', 1, '--seconds', 5, '--warm-up', 0, '--first', number]);
    const began = performance.now();
    while (!(await found(number))) await sleep(10);
    calm.push((performance.now() - began) / 1000);
    await sleep(300);
  }
  record('index_freshness.calm', median(calm), 's', null, null, '≤ 2 s', median(calm) <= 2);
  load(['--port', server.port, '--body', 'bench/load/application.body', '--connections', 64, '--most', 50_000, '--seconds', 120, '--warm-up', 0]);
  const began = performance.now();
  while ((await waiting()) > 0) await sleep(100);
  const burst = (performance.now() - began) / 1000;
  record('index_freshness.burst', burst, 's', null, null, '≤ 60 s', burst <= 60, '(after the last of 50,000)');
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}

console.log(`conditions: 64 connections on loopback, gzip, request log off, flood defence off, 2 I/O threads, nginx 2 workers without access log; ${RUNS} pairs, medians`);
const measurements = {
  render: () => render(),
  form_page: formPage,
  submit_sqlite: () => submit('submit_sqlite', [], bareSqlite, () => [], 0.5, 5000),
  submit_postgres: () => submit('submit_postgres', [], barePostgres, () => ['--database', freshPostgres()], 0.7),
  index_freshness: indexFreshness,
  decide_sqlite: () => decide('sqlite'),
  decide_postgres: () => decide('postgres'),
  lists_sqlite: () => lists('sqlite'),
  start_and_memory_idle: startAndMemory,
  lists_postgres: () => lists('postgres'),
};
for (const [name, measure] of Object.entries(measurements)) {
  if (!ONLY.test(name)) continue;
  await measure();
  writeFileSync('build/bench/results.json', `${JSON.stringify(results, null, 2)}\n`);
}
process.exit(results.every(({ holds }) => holds) ? 0 : 1);
