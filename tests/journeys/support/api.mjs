// A caller of the API who holds every answer against the OpenAPI document: its status, its content type, its schema.
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import assert from 'node:assert/strict';

// A service token, made on its page by who is signed in there.
export async function makeToken(staff, server, { name = 'a program', scopes, days = '30' }) {
  await staff.goto(`${server.address}/staff/tokens`);
  await staff.locator('#name').fill(name);
  for (const scope of scopes) await staff.locator(`#scope-${scope}`).check();
  await staff.locator('#days').selectOption(days);
  await staff.getByRole('button', { name: 'Make a token' }).click();
  return staff.locator('#token').innerText();
}

// The same without a browser, by the terminal's link.
export async function tokenByLink(server, scopes) {
  const headers = { Origin: server.address, 'Content-Type': 'application/x-www-form-urlencoded' };
  const opened = await fetch(server.staffLink, { method: 'POST', headers, body: '', redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie').split(';')[0];
  const page = await (await fetch(`${server.address}/staff/tokens`, { headers: { Cookie: cookie } })).text();
  const form = new URLSearchParams({ name: 'a program', days: '30', _token: /name="_token" value="([^"]+)"/.exec(page)[1] });
  for (const scope of scopes) form.append('scope', scope);
  const made = await fetch(`${server.address}/staff/tokens`, { method: 'POST', headers: { ...headers, Cookie: cookie }, body: form });
  return /bursary_st_[\w-]{43}/.exec(await made.text())[0];
}

export class Api {
  static async open(server) {
    const api = new Api();
    api.address = `${server.address}/api/v1`;
    const answer = await fetch(`${api.address}/openapi.json`);
    assert.equal(answer.status, 200);
    api.document = await answer.json();
    api.ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    api.ajv.addSchema({ ...api.document, $id: 'openapi' });
    api.done = new Set(['getOpenapi']); // operations that did what was asked, at least once
    return api;
  }

  operations() {
    return Object.values(this.document.paths).flatMap((path) => Object.values(path).map((operation) => operation.operationId));
  }

  // The path of the document that an address belongs to; fixed parts win.
  template(pathname) {
    const parts = pathname.split('/');
    const fits = Object.keys(this.document.paths).filter((path) => {
      const own = path.split('/');
      return own.length === parts.length && own.every((part, i) => part === parts[i] || part.startsWith('{'));
    });
    return fits.sort((a, b) => a.split('{').length - b.split('{').length)[0];
  }

  // `token`, `key`, `match` become headers; what is not JSON comes back as text.
  async call(method, path, { token = this.token, body, key, match, headers = {}, raw } = {}) {
    const sent = { ...headers };
    if (token) sent.Authorization = `Bearer ${token}`;
    if (key) sent['Idempotency-Key'] = key;
    if (match) sent['If-Match'] = match;
    if (body !== undefined && !sent['Content-Type']) sent['Content-Type'] = 'application/json';
    const answer = await fetch(this.address + path, { method, headers: sent, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)) });
    const text = await answer.text();
    const type = (answer.headers.get('content-type') ?? '').split(';')[0];
    const got = { status: answer.status, headers: answer.headers, type, text, body: /json$/.test(type) && !/jsonl/.test(type) ? JSON.parse(text) : undefined };
    this.hold(method, path, got);
    return got;
  }

  hold(method, path, got) {
    const template = this.template(new URL(this.address + path).pathname.slice('/api/v1'.length));
    const operation = this.document.paths[template]?.[method.toLowerCase()];
    const where = `${method} ${path.slice(0, 120)} → ${got.status}`;
    if (got.status >= 400) assert.equal(got.type, 'application/problem+json', where);
    if (!operation) return this.fits('openapi#/components/schemas/Problem', got, where);
    const statuses = operation.responses;
    const status = statuses[got.status] ? String(got.status) : 'default';
    assert.ok(got.status < 400 ? statuses[got.status] : statuses[status], `${where}: no such answer is described`);
    if (statuses[status].$ref) return this.fits('openapi#/components/schemas/Problem', got, where);
    const content = statuses[status].content;
    const type = content[got.type] ? got.type : '*/*';
    assert.ok(content[type], `${where}: ${got.type} is not described`);
    if (type === 'application/json') this.fits(`openapi#/paths/${pointer(template)}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`, got, where);
    if (got.status < 400) this.done.add(operation.operationId);
  }

  fits(reference, got, where) {
    const check = this.ajv.getSchema(reference) ?? this.ajv.compile({ $ref: reference });
    assert.ok(check(got.body), `${where}: ${this.ajv.errorsText(check.errors)}\n${got.text.slice(0, 1000)}`);
  }

  // Every row of a list, page by page. `between` runs after each page.
  async all(path, { limit = 50, between, ...options } = {}) {
    const items = [];
    let cursor = null;
    do {
      const join = path.includes('?') ? '&' : '?';
      const page = await this.call('GET', `${path}${join}limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, options);
      assert.equal(page.status, 200, page.text);
      items.push(...page.body.items);
      cursor = page.body.next;
      if (between) await between(items.length);
    } while (cursor);
    return items;
  }
}

const pointer = (path) => encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
