// The checks of features/forms/check.cpp, repeated from the same definition in the same words. The server decides: what these let
// through it may still refuse, never the other way round.
import { countCharacters, countWords } from './measure.ts';
import { fill, type Condition, type Rule, type Rules } from './rules.ts';

export interface File {
  name: string;
  size: number;
}

// What stands in a field: texts trimmed, with LF line ends.
export interface Answer {
  values: string[];
  files?: File[]; // newly chosen
  kept?: number; // files that the server has
  unsupported?: boolean; // the chosen country is
}
export type Answers = (key: string) => Answer;

const isAnswered = (answer: Answer): boolean => answer.values.some((value) => value !== '') || (answer.files?.length ?? 0) + (answer.kept ?? 0) > 0;

const longestChain = 32;

function holds(condition: Condition, rules: Rules, answers: Answers, depth: number): boolean {
  const on = rules.questions.find((rule) => rule.key === condition.question);
  if (!on || depth >= longestChain || !isShown(on, rules, answers, depth + 1)) return false;
  const answer = answers(on.key);
  return condition.values ? answer.values.some((value) => condition.values!.includes(value)) : isAnswered(answer);
}

export function isShown(rule: Rule, rules: Rules, answers: Answers, depth = 0): boolean {
  return !rule.shown_when || holds(rule.shown_when, rules, answers, depth);
}

export function isRequired(rule: Rule, rules: Rules, answers: Answers): boolean {
  return rule.required === true || (rule.required_when !== undefined && holds(rule.required_when, rules, answers, 0));
}

const codePoint = (character: string): string => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

export function isEmail(address: string): boolean {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const labels = address.slice(at + 1).split(/[.\u3002\uFF0E\uFF61]/);
  if (at < 1 || labels.length < 2) return false;
  const quoted = /^"(?:[^"\\]|\\.)+"$/.test(local);
  if (!quoted && (!/^[^\s"(),:;<>@[\\\]]+$/.test(local) || /^\.|\.\.|\.$/.test(local))) return false;
  if (!labels.every((label) => label.length < 64 && /^[\p{L}\p{M}\p{N}\u200C\u200D-]+$/u.test(label) && !/^-|-$/.test(label))) return false;
  const last = labels.at(-1)!;
  return !/^[a-z]$/i.test(last) && !/^\d+$/.test(last);
}

export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || text < '0001') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function isLink(line: string): boolean {
  if (/^https?:\/\/[^\s<>"@/?#]+(?:[/?#][^\s<>"]*)?$/i.test(line)) {
    const host = line.replace(/^\w+:\/\//, '').replace(/[/?#].*$/, '');
    return host.includes('.') && !host.includes('..') && !/^[.-]/.test(host);
  }
  return /^(?:doi:\s*|doi\.org\/)?10\.[\d.]{4,}\/[^\s<>"]+$/i.test(line);
}

function checkText(rule: Rule, text: string, say: (key: string, values?: Record<string, string | number>) => string): string {
  const control = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/.exec(text);
  if (control) return say('control_character', { character: codePoint(control[0]) });
  const bidi = /[\u202A-\u202E\u2066-\u2069]/.exec(text);
  if (bidi) return say('bidi_character', { character: codePoint(bidi[0]) });
  if (rule.line && text.includes('\n')) return say('one_line');
  const characters = rule.characters ?? Infinity;
  if (text.length > characters) {
    const n = countCharacters(text);
    if (n > characters) return say('too_many_characters', { limit: characters, n });
  }
  if (rule.words || rule.words_least) {
    const n = countWords(text);
    if (rule.words && n > rule.words) return say('too_many_words', { limit: rule.words, n });
    if (rule.words_least && n < rule.words_least) return say('too_few_words', { limit: rule.words_least, n });
  }
  if (rule.kind === 'email' && !isEmail(text)) return say('email');
  if (rule.kind === 'date') return checkDate(rule, text, say);
  if (rule.kind === 'urls') return checkLinks(text, say);
  return '';
}

type Say = Parameters<typeof checkText>[2];

function checkDate(rule: Rule, text: string, say: Say): string {
  if (!isDate(text)) return say('date');
  if (rule.earliest && text < rule.earliest) return say('date_early', { date: rule.earliest });
  if (rule.latest && text > rule.latest) return say('date_late', { date: rule.latest });
  return '';
}

const mostLinks = 50;

function checkLinks(text: string, say: Say): string {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length > mostLinks) return say('too_many_links', { limit: mostLinks, n: lines.length });
  const wrong = lines.find((line) => !isLink(line));
  return wrong === undefined ? '' : say('link', { line: wrong.slice(0, 60) });
}

const sizeOf = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1 << 20) return `${Math.ceil(bytes / 1024)} KB`;
  const tenths = Math.round((bytes * 10) / (1 << 20));
  return tenths % 10 ? `${Math.floor(tenths / 10)}.${tenths % 10} MB` : `${tenths / 10} MB`;
};

function checkFiles(rule: Rule, answer: Answer, say: Say): string {
  const files = answer.files ?? [];
  if (files.length + (answer.kept ?? 0) > (rule.files ?? Infinity)) return say('too_many_files', { n: rule.files! });
  for (const file of files) {
    if (file.size === 0) return say('file_empty');
    if (file.size > (rule.bytes ?? Infinity)) return say('file_large', { most: sizeOf(rule.bytes!), size: sizeOf(file.size) });
    const name = file.name.toLowerCase();
    if (rule.endings && !rule.endings.split(',').some((ending) => name.endsWith(ending))) return say('file_type', { types: rule.types ?? '' });
  }
  return '';
}

// What is wrong with one answer; empty when nothing is.
export function check(rule: Rule, rules: Rules, answers: Answers): string {
  if (!isShown(rule, rules, answers)) return '';
  const answer = answers(rule.key);
  const say: Say = (key, values = {}) => fill(rules.say[key], { name: rule.name, ...values }, rules.lang);
  if (!isAnswered(answer)) return isRequired(rule, rules, answers) ? rule.missing : '';
  if (rule.kind === 'choices') {
    const n = answer.values.length;
    if (rule.choices && n > rule.choices) return say('too_many_choices', { limit: rule.choices, n });
    return rule.choices_least && n < rule.choices_least ? say('too_few_choices', { limit: rule.choices_least, n }) : '';
  }
  if (rule.kind === 'country') return rule.blocks && answer.unsupported ? say('country_unsupported') : '';
  if (rule.kind === 'file') return checkFiles(rule, answer, say);
  if (rule.kind === 'choice' || rule.kind === 'consent') return '';
  return checkText(rule, answer.values[0] ?? '', say);
}
