// Repeats the server's checks: when the form is submitted, and after a first failure whenever a field is left. Never while typing.
import { check } from '../form/check.ts';
import { afterPress } from '../form/press.ts';
import { showProblem, showSummary, type Problem } from '../form/problems.ts';
import { answerIn } from '../form/read.ts';
import { rulesOf } from '../form/rules.ts';

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const rules = rulesOf(form);
  if (!rules) return;
  const answers = (key: string) => answerIn(form, key);
  const problems = (): Problem[] => rules.questions.map((rule) => ({ key: rule.key, message: check(rule, rules, answers) })).filter((problem) => problem.message !== '');
  let failed = form.querySelector('.field__error') !== null; // the server has refused it

  form.addEventListener('submit', (event) => {
    const action = (event.submitter as HTMLButtonElement | null)?.value ?? 'submit';
    if (event.defaultPrevented || action !== 'submit') return;
    const found = problems();
    for (const rule of rules.questions) showProblem(form, rule.key, found.find((problem) => problem.key === rule.key)?.message ?? '', rules);
    const summary = showSummary(form, found, rules);
    if (!summary) return;
    failed = true;
    event.preventDefault();
    event.stopImmediatePropagation();
    summary.dispatchEvent(new CustomEvent('bursary:replaced', { bubbles: true }));
  });

  form.addEventListener('focusout', (event) => {
    const field = (event.target as Element).closest<HTMLElement>('[data-question]');
    const to = event.relatedTarget as Node | null;
    // Leaving for another input of the same question, or for the button that checks everything, is not leaving yet.
    if (!failed || !field || (to && field.contains(to)) || (to instanceof HTMLButtonElement && to.type === 'submit')) return;
    const rule = rules.questions.find((one) => one.key === field.dataset['question']);
    if (!rule) return;
    afterPress(() => showProblem(form, rule.key, check(rule, rules, answers), rules));
  });
}
