// Narrows a list that is in view while somebody types; its form does the same without script.
import { fold } from '../form/fold.ts';

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const input = form.querySelector<HTMLInputElement>('input[type=search]');
  const list = document.getElementById(form.dataset['filters'] ?? '');
  const status = document.getElementById(form.dataset['status'] ?? '');
  if (!input || !list) return;
  const items = [...list.children].map((item) => ({ item: item as HTMLElement, text: fold(item.textContent ?? '') }));
  let timer = 0;

  function narrow(): void {
    const wanted = fold(input!.value);
    let shown = 0;
    for (const { item, text } of items) {
      item.hidden = !text.includes(wanted);
      if (!item.hidden) shown++;
    }
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const words = form.dataset[shown === 0 ? 'none' : shown === 1 ? 'one' : 'other'] ?? '';
      if (status) status.textContent = words.replace('{n}', String(shown));
    }, 300);
  }
  // The list may already be narrowed by the server; then its form goes on doing so.
  if (form.dataset['whole'] === undefined) return;
  input.addEventListener('input', narrow);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    narrow();
  });
  if (input.value) narrow();
}
