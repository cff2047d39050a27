// Ticked rows and what is done with them: says how many are ticked, ticks a stretch with Shift, ticks a whole page, and does the act without
// leaving the list: what became of it is told above the table, and the list is drawn anew in its place.
import { replace } from './replace.ts';

export function start(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const region = form.parentElement!;
  const boxes = (): HTMLInputElement[] => [...region.querySelectorAll<HTMLInputElement>('input[name="row"]')];
  // Looked up each time: the list is drawn anew under us.
  const page = (): HTMLInputElement | null => region.querySelector('[data-select-page]');
  const all = (): HTMLInputElement | null => form.querySelector('input[name="all"]');
  let last: HTMLInputElement | null = null;

  function tell(): void {
    const ticked = boxes().filter((box) => box.checked).length;
    const text = ticked === 0 ? form.dataset['none'] : form.dataset['some']?.replace('{n}', String(ticked));
    const told = form.querySelector<HTMLElement>('[data-selected]');
    const whole = all();
    if (told) told.textContent = whole?.checked ? whole.labels?.[0]?.textContent ?? '' : text ?? '';
    const box = page();
    if (box) {
      box.hidden = false;
      box.checked = ticked > 0 && ticked === boxes().length;
      box.indeterminate = ticked > 0 && !box.checked;
    }
    for (const one of boxes()) one.closest('tr')?.classList.toggle('is-ticked', one.checked || whole?.checked === true);
  }

  region.addEventListener('click', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== 'row') return;
    if (event.shiftKey && last?.isConnected) {
      const list = boxes();
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      for (const one of list.slice(from, to! + 1)) one.checked = box.checked;
    }
    last = box;
    tell();
  });
  region.addEventListener('change', (event) => {
    const box = event.target;
    if (box === page()) for (const one of boxes()) one.checked = page()!.checked;
    if (box === page() || box === all()) tell();
  });
  region.addEventListener('bursary:replaced', tell);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act(form, region).catch(() => form.submit());
  });
  tell();
}

let busy = false;
async function act(form: HTMLFormElement, region: HTMLElement): Promise<void> {
  if (busy) return;
  busy = true; // and the button not disabled: it would lose the focus
  try {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), headers: { Accept: 'text/html' } });
    const document_ = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const result = document_.querySelector('#bulk-result') ?? document_.querySelector('main');
    const list = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await list.text(), 'text/html').querySelector('#beside');
    const focused = document.activeElement;
    const beside = document.querySelector('#beside');
    if (fresh && beside) replace(beside, fresh.outerHTML);
    const now = document.querySelector('#listed');
    for (const box of now?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? []) box.checked = false;
    now?.dispatchEvent(new CustomEvent('bursary:replaced', { bubbles: true }));
    tellResult(now ?? region, result);
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
  } finally {
    busy = false;
  }
}

function tellResult(region: Element, result: Element | null): void {
  document.querySelector('#bulk-told')?.remove();
  if (!result) return;
  const told = document.createElement('div');
  told.id = 'bulk-told';
  for (const heading of result.querySelectorAll('h1')) heading.remove();
  told.append(document.importNode(result, true));
  (document.querySelector('#beside') ?? region).before(told);
  told.dispatchEvent(new CustomEvent('bursary:replaced', { bubbles: true }));
}
