// The rules of a form as the server sends them in data-rules (features/forms/client_rules.cpp; docs/formats/form.md).

export interface Condition {
  question: string;
  values?: string[];
}

export interface Rule {
  key: string;
  kind: 'text' | 'email' | 'date' | 'urls' | 'choice' | 'choices' | 'country' | 'file' | 'consent';
  name: string;
  missing: string;
  required?: boolean;
  shown_when?: Condition;
  required_when?: Condition;
  line?: boolean; // of one line
  characters?: number;
  words?: number;
  words_least?: number;
  choices?: number;
  choices_least?: number;
  earliest?: string;
  latest?: string;
  files?: number;
  bytes?: number;
  endings?: string;
  types?: string;
  blocks?: boolean; // an unsupported country stops the application
}

export interface Rules {
  lang: string;
  questions: Rule[];
  say: Record<string, string>;
  count: Record<string, string>;
}

const read = new WeakMap<HTMLFormElement, Rules>();

// Nothing when the form carries none: then the server alone checks.
export function rulesOf(form: HTMLFormElement | null): Rules | undefined {
  if (!form?.dataset['rules']) return undefined;
  let rules = read.get(form);
  if (!rules) read.set(form, (rules = JSON.parse(form.dataset['rules']) as Rules));
  return rules;
}

// {name} and {n} put in; numbers as the language writes them.
export function fill(text: string | undefined, values: Record<string, string | number>, lang: string): string {
  return (text ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(lang === 'en' ? 'en-GB' : lang).format(value) : value;
  });
}
