// Shows a question only while its condition holds, and marks it as required only while that one does. Without script both conditions
// stand as a sentence in the field. Conditions rest on questions above, so each sees what the ones before it have decided.
import { describe } from '../form/problems.ts';
import { answerIn, fieldOf } from '../form/read.ts';

export function start(field: HTMLElement): void {
  const form = field.closest('form');
  if (!form) return;

  function holds(key: string | undefined, values: string | undefined): boolean {
    const on = key && fieldOf(form!, key);
    if (!on || on.closest('[hidden]')) return false;
    const answer = answerIn(form!, key);
    const wanted = values ? values.split(' ') : undefined;
    return wanted ? answer.values.some((value) => wanted.includes(value)) : answer.values.some((value) => value !== '') || (answer.files?.length ?? 0) + (answer.kept ?? 0) > 0;
  }

  const { shownWhen, shownValues, requiredWhen, requiredValues, question } = field.dataset;
  const decide = (): void => {
    if (shownWhen) field.hidden = !holds(shownWhen, shownValues);
    if (requiredWhen) field.toggleAttribute('data-required', holds(requiredWhen, requiredValues));
    const control = field instanceof HTMLFieldSetElement ? null : document.getElementById(question ?? '');
    if (field.hasAttribute('data-required')) control?.setAttribute('aria-required', 'true');
    else control?.removeAttribute('aria-required');
  };
  if (shownWhen && !requiredWhen) {
    const sentence = field.querySelector('.field__condition');
    const described = field instanceof HTMLFieldSetElement ? field : document.getElementById(question ?? '');
    if (sentence && described) describe(described, sentence.id, false);
    sentence?.remove();
  }
  form.addEventListener('input', decide);
  form.addEventListener('change', decide);
  decide();
}
