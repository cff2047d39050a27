// docs/security.md names tests: each of them exists, by that name, in that file.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const rows = [...readFileSync('docs/security.md', 'utf8').matchAll(/^\| ([^|]+) \| `([^`]+)` \| (.+) \|$/gm)].map(([, what, path, name]) => ({ what, path, name }));

test('every test that the page on security names is there', () => {
  assert.ok(rows.length >= 70, `${rows.length} rows`);
  const gone = rows.filter(({ path, name }) => {
    if (!existsSync(path)) return true;
    const quoted = path.endsWith('.cpp') ? `TEST_CASE("${name}")` : `test('${name}'`;
    return !readFileSync(path, 'utf8').includes(quoted);
  });
  assert.deepEqual(gone, []);
});
