// Says at once when a chosen file is too large or of another kind, before it is sent.
import { check } from '../form/check.ts';
import { showProblem } from '../form/problems.ts';
import { answerIn } from '../form/read.ts';
import { rulesOf } from '../form/rules.ts';

export function start(element: HTMLElement): void {
  const form = element.closest('form');
  const input = element.querySelector<HTMLInputElement>('input[type=file]');
  const rules = rulesOf(form);
  const rule = rules?.questions.find((one) => one.key === input?.name);
  if (!form || !input || !rules || !rule) return;
  element.addEventListener('change', () => {
    // Nothing chosen is for the submit to tell.
    const message = input.files?.length ? check(rule, rules, (key) => answerIn(form, key)) : '';
    showProblem(form, rule.key, message, rules);
  });
}
