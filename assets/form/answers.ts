// What a form holds, as key → values, and how to put it back. Files and the page's own fields ('_…') are not answers.

export type Values = Map<string, string[]>;

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const unified = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

export function valuesOf(form: HTMLFormElement): Values {
  const values: Values = new Map();
  for (const element of form.elements) {
    const { name } = element as Control;
    if (name && !name.startsWith('_') && !(element instanceof HTMLInputElement && element.type === 'file')) values.set(name, []);
  }
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && unified(value) !== '') values.get(name)?.push(unified(value));
  }
  return values;
}

export const same = (a: string[] = [], b: string[] = []): boolean => a.length === b.length && a.every((value, i) => value === b[i]);

export const sameValues = (a: Values, b: Values): boolean => [...a].every(([key, value]) => same(value, b.get(key)));

export function controlsOf(form: HTMLFormElement, key: string): Control[] {
  return [...form.elements].filter((e): e is Control => (e as Control).name === key);
}

const labelOf = (control: Control): string => (control.labels?.[0]?.textContent ?? '').trim();

// As a reader sees it: labels instead of option keys.
export function textOf(form: HTMLFormElement, key: string, values: string[]): string {
  const controls = controlsOf(form, key);
  return values
    .map((value) => {
      for (const control of controls) {
        if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type) && control.value === value) return labelOf(control);
        if (control instanceof HTMLSelectElement) {
          for (const option of control.options) if (option.value === value) return option.text;
        }
      }
      return value;
    })
    .join('\n');
}

// The server tells an answer as text or as a list, by keys or by labels; here it becomes the form's own values.
export function valuesFrom(form: HTMLFormElement, key: string, answer: unknown): string[] {
  const parts = (Array.isArray(answer) ? answer : [answer]).filter((part): part is string => typeof part === 'string' && part !== '').map(unified);
  const controls = controlsOf(form, key);
  const known = new Map<string, string>();
  for (const control of controls) {
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)) known.set(labelOf(control), control.value).set(control.value, control.value);
    if (control instanceof HTMLSelectElement) for (const option of control.options) known.set(option.text.trim(), option.value).set(option.value, option.value);
  }
  if (!known.size) return parts;
  const split = parts.flatMap((part) => (known.has(part) ? [part] : part.split('\n')));
  return split.map((part) => known.get(part.trim())).filter((value): value is string => value !== undefined);
}

export function setValues(form: HTMLFormElement, key: string, values: string[]): void {
  for (const control of controlsOf(form, key)) {
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)) control.checked = values.includes(control.value);
    else control.value = values[0] ?? '';
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
