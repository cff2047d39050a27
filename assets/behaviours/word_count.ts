// How much of a limit is used, under its field. It never cuts; a screen reader hears it after a pause.
import { countCharacters, countWords, trim, unify } from '../form/measure.ts';
import { fill, rulesOf } from '../form/rules.ts';

const pause = 1000; // ms without a key before it is said

export function start(told: HTMLElement): void {
  const input = document.getElementById(told.dataset['for'] ?? '') as HTMLTextAreaElement | null;
  const rules = rulesOf(told.closest('form'));
  const limit = Number(told.dataset['limit']);
  const unit = told.dataset['unit'] ?? 'words';
  if (!input || !rules || !limit) return;

  // The limit itself stays what describes the field; the running count is seen, and said apart.
  const seen = document.createElement('p');
  const heard = document.createElement('p');
  seen.className = 'field__count';
  seen.setAttribute('aria-hidden', 'true');
  heard.className = 'visually-hidden';
  heard.setAttribute('role', 'status');
  told.classList.add('visually-hidden');
  told.after(seen, heard);

  let timer = 0;
  let frame = 0;
  function count(): string {
    const text = trim(unify(input!.value));
    const n = unit === 'words' ? countWords(text) : countCharacters(text);
    const over = Math.max(0, n - limit);
    seen.classList.toggle('field__count--over', over > 0);
    return (seen.textContent = fill(rules!.count[over ? `${unit}_over` : unit], { n, limit, over }, rules!.lang));
  }
  input.addEventListener('input', () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(count);
    clearTimeout(timer);
    timer = window.setTimeout(() => (heard.textContent = count()), pause);
  });
  addEventListener('pageshow', count); // a browser may have put an older text back
  count();
}
