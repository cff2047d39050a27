// Keys of one page: whatever names a key (data-key="r") is pressed, opened or put under the cursor by it. Inert while somebody types, and with the same setting
// as the lists' keys (WCAG 2.1.4).

function on(): boolean {
  try {
    return localStorage.getItem('bursary.keys') !== 'off';
  } catch {
    return true;
  }
}

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;

function press(element: HTMLElement): void {
  if (element instanceof HTMLTextAreaElement) {
    element.focus();
    return;
  }
  element.click();
  // A form that has just opened wants its first field.
  if (element.tagName === 'SUMMARY') element.parentElement?.querySelector<HTMLElement>('select, textarea, input:not([type=hidden])')?.focus();
}

export function start(_bar: HTMLElement): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-key]')) element.setAttribute('aria-keyshortcuts', element.dataset.key!);
  document.addEventListener('keydown', (event) => {
    if (!on() || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/.test(event.key)) return;
    const element = document.querySelector<HTMLElement>(`[data-key="${event.key}"]`);
    if (!element) return;
    event.preventDefault();
    press(element);
  });
}
