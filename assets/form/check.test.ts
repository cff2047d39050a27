import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, isDate, isEmail, isLink, isRequired, isShown, type Answer } from './check.ts';
import type { Rule, Rules } from './rules.ts';

const say = {
  control_character: '{name}: {character}',
  bidi_character: '{name}: {character}',
  one_line: '{name} one line',
  too_many_words: '{name} must be {limit} words or fewer; you have written {n}',
  too_few_words: '{n} of {limit}',
  too_many_characters: '{limit} {n}',
  too_many_links: '{limit} {n}',
  link: '{line}',
  email: 'email',
  date: 'date',
  date_early: 'from {date}',
  date_late: 'until {date}',
  too_many_choices: '{limit} {n}',
  too_few_choices: '{limit} {n}',
  country_unsupported: 'unsupported',
  too_many_files: '{n} files',
  file_empty: 'empty',
  file_large: '{most} {size}',
  file_type: '{types}',
};
const rule = (more: Partial<Rule>): Rule => ({ key: 'q', kind: 'text', name: 'Name', missing: 'Enter it', ...more });
const rules = (...questions: Rule[]): Rules => ({ lang: 'en', questions, say, count: {} });
const one = (more: Partial<Rule>, answer: Partial<Answer>): string => {
  const asked = rule(more);
  return check(asked, rules(asked), () => ({ values: [], ...answer }));
};
const text = (more: Partial<Rule>, value: string): string => one(more, { values: [value] });

test('a required answer that is not there says what the program says', () => {
  assert.equal(one({ required: true }, {}), 'Enter it');
  assert.equal(text({ required: true }, ''), 'Enter it');
  assert.equal(one({}, {}), '');
  assert.equal(one({ kind: 'file', required: true }, { files: [], kept: 1 }), '');
});

test('limits are told with numbers as the language writes them', () => {
  assert.equal(text({ words: 2 }, 'one two three'), 'Name must be 2 words or fewer; you have written 3');
  assert.equal(text({ words: 2 }, 'one two'), '');
  assert.equal(text({ words_least: 3 }, 'one two'), '2 of 3');
  assert.equal(text({ characters: 1000 }, 'x'.repeat(1001)), '1,000 1,001');
  assert.equal(text({ characters: 2 }, '👩‍🔬👩‍🔬'), '');
});

test('hidden characters are named', () => {
  assert.equal(text({}, 'a\u0007'), 'Name: U+0007');
  assert.equal(text({}, 'a\u202Eb'), 'Name: U+202E');
  assert.equal(text({}, 'tab\tline\n'), '');
  assert.equal(text({ line: true }, 'a\nb'), 'Name one line');
});

test('addresses: nothing that mail can reach is refused', () => {
  const good = ['a@b.co', 'ada+x@example.org', '"john doe"@example.org', 'user@bücher.example', '用户@例え.jp', 'दीपक@भारत.भारत', "o'brien@example.ie", 'user@xn--bcher-kva.example'];
  const bad = ['', '@', 'ada', 'ada@example', 'a b@example.org', 'a@@b.org', '.a@b.org', 'a..b@c.org', 'a@b..org', 'a@-b.org', 'a@1.2.3.4', 'a@b.c', 'Ada <ada@example.org>'];
  for (const address of good) assert.equal(isEmail(address), true, address);
  for (const address of bad) assert.equal(isEmail(address), false, address);
});

test('dates are days of the calendar within their bounds', () => {
  assert.equal(isDate('2024-02-29'), true);
  for (const wrong of ['2025-02-29', '2026-13-01', '31.03.2026', '2026-3-1', '0000-01-01']) assert.equal(isDate(wrong), false, wrong);
  assert.equal(text({ kind: 'date', earliest: '2026-01-01' }, '2025-12-31'), 'from 2026-01-01');
  assert.equal(text({ kind: 'date', latest: '2026-12-31' }, '2027-01-01'), 'until 2026-12-31');
});

test('links are web addresses and DOIs, a line each', () => {
  for (const good of ['https://example.org/a?b#c', 'http://example.org:8080', '10.1000/182', 'doi: 10.1000/x', 'https://bücher.example/ö']) assert.equal(isLink(good), true, good);
  for (const bad of ['example.org', 'javascript:alert(1)', 'https://user@example.org', 'https://a', '10.1/a', 'https://a..b']) assert.equal(isLink(bad), false, bad);
  assert.equal(text({ kind: 'urls' }, 'https://example.org\nmy paper'), 'my paper');
});

test('choices, countries and files', () => {
  assert.equal(one({ kind: 'choices', choices: 1 }, { values: ['a', 'b'] }), '1 2');
  assert.equal(one({ kind: 'choices', choices_least: 2 }, { values: ['a'] }), '2 1');
  assert.equal(one({ kind: 'country', blocks: true }, { values: ['KP'], unsupported: true }), 'unsupported');
  assert.equal(one({ kind: 'country' }, { values: ['KP'], unsupported: true }), '');
  const file = { kind: 'file', files: 1, bytes: 2048, endings: '.pdf,.docx', types: 'PDF, DOCX' } as const;
  assert.equal(one(file, { files: [{ name: 'CV.PDF', size: 2048 }] }), '');
  assert.equal(one(file, { files: [{ name: 'cv.pdf', size: 3000 }] }), '2 KB 3 KB');
  assert.equal(one(file, { files: [{ name: 'cv.png', size: 1 }] }), 'PDF, DOCX');
  assert.equal(one(file, { files: [{ name: 'cv.pdf', size: 0 }] }), 'empty');
  assert.equal(one(file, { files: [{ name: 'cv.pdf', size: 1 }], kept: 1 }), '1 files');
});

test('conditions, chains of them and circles', () => {
  const a = rule({ key: 'a', kind: 'choices' });
  const b = rule({ key: 'b', shown_when: { question: 'a', values: ['x'] } });
  const c = rule({ key: 'c', required: true, shown_when: { question: 'b' } });
  const d = rule({ key: 'd', required_when: { question: 'a', values: ['x', 'y'] } });
  const all = rules(a, b, c, d);
  const answers = (held: Record<string, string[]>) => (key: string): Answer => ({ values: held[key] ?? [] });
  assert.equal(isShown(c, all, answers({ b: ['left over'] })), false);
  assert.equal(isShown(c, all, answers({ a: ['x'], b: ['yes'] })), true);
  assert.equal(check(c, all, answers({ a: ['x'], b: ['yes'] })), 'Enter it');
  assert.equal(check(c, all, answers({ a: ['y'], b: ['yes'] })), '');
  assert.equal(isRequired(d, all, answers({ a: ['y'] })), true);
  assert.equal(isRequired(d, all, answers({})), false);
  const e = rule({ key: 'e', shown_when: { question: 'f' } });
  const f = rule({ key: 'f', shown_when: { question: 'e' } });
  assert.equal(isShown(e, rules(e, f), answers({ e: ['1'], f: ['1'] })), false);
});
