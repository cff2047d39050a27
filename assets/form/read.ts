// What stands in the fields of a form, for its checks.
import { trim, unify } from './measure.ts';
import type { Answer } from './check.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export const fieldOf = (form: HTMLElement, key: string): HTMLElement | null => form.querySelector(`[data-question="${CSS.escape(key)}"]`);

export function answerIn(form: HTMLFormElement, key: string): Answer {
  const answer: Answer = { values: [] };
  for (const element of form.elements) {
    const control = element as Control;
    if (control.name !== key) continue;
    if (control instanceof HTMLInputElement && control.type === 'file') {
      answer.files = [...(control.files ?? [])];
      answer.kept = fieldOf(form, key)?.querySelectorAll('.file__item input:not(:checked)').length ?? 0;
    } else if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)) {
      if (control.checked) answer.values.push(control.value);
    } else {
      answer.values.push(trim(unify(control.value)));
      if (control instanceof HTMLSelectElement) answer.unsupported = control.selectedOptions[0]?.dataset['unsupported'] !== undefined;
    }
  }
  return answer;
}
