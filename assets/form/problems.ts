// Problems beside their fields and in the summary, in the markup of features/forms/*.html.
import { fieldOf } from './read.ts';
import type { Rules } from './rules.ts';

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function describe(target: Element, id: string, on: boolean): void {
  const ids = (target.getAttribute('aria-describedby') ?? '').split(' ').filter((other) => other !== '' && other !== id);
  if (on) ids.push(id);
  if (ids.length) target.setAttribute('aria-describedby', ids.join(' '));
  else target.removeAttribute('aria-describedby');
}

// The message of one field; an empty one takes it away.
export function showProblem(form: HTMLElement, key: string, message: string, rules: Rules): void {
  const field = fieldOf(form, key);
  const control = document.getElementById(key);
  if (!field || !control) return;
  const id = `${key}-error`;
  const there = document.getElementById(id);
  if ((there?.lastChild?.textContent ?? '').trim() === message) return;
  there?.remove();
  const group = field instanceof HTMLFieldSetElement;
  describe(group ? field : control, id, message !== '');
  if (!group) {
    if (message) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }
  field.classList.toggle('field--error', message !== '');
  if (!message) return;
  const told = element('p', 'field__error');
  told.id = id;
  told.append(element('span', 'visually-hidden', rules.say['error']), ` ${message}`);
  let before: Element = control;
  while (before.parentElement && before.parentElement !== field) before = before.parentElement;
  field.insertBefore(told, before);
}

export interface Problem {
  key: string;
  message: string;
}

const titled = (title: string, prefix: string): string => (title.startsWith(prefix) ? title.slice(prefix.length) : title);

// The list on top of the page; without problems there is none, and the title says so too.
export function showSummary(form: HTMLFormElement, problems: Problem[], rules: Rules): HTMLElement | undefined {
  const prefix = rules.say['title'] ?? '';
  document.getElementById('error-summary')?.remove();
  document.title = (problems.length ? prefix : '') + titled(document.title, prefix);
  if (!problems.length) return undefined;
  const summary = element('section', 'error-summary');
  summary.id = 'error-summary';
  summary.tabIndex = -1;
  summary.dataset['behaviour'] = 'error_summary';
  summary.setAttribute('aria-labelledby', 'error-summary-title');
  const title = element('h2', 'error-summary__title', rules.say['summary']);
  title.id = 'error-summary-title';
  const list = element('ul', 'error-summary__list');
  for (const { key, message } of problems) {
    const link = document.createElement('a');
    link.href = `#${key}`;
    link.textContent = message;
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  summary.append(title, list);
  (form.closest('.apply__main') ?? form.parentElement ?? form).prepend(summary);
  return summary;
}
