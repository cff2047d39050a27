// Keys for a table of links: j and k move, o opens (and Enter, for the link has the focus), / goes to the search, ? tells the keys. Inert while somebody types, and
// turned off by the box in the help (WCAG 2.1.4). Where the pointer was is told by aria-current.

const setting = 'bursary.keys'; // a preference, no answer: may live in the browser

// A browser may refuse to remember anything.
function stored(): string | null {
  try {
    return localStorage.getItem(setting);
  } catch {
    return null;
  }
}
function store(value: string): void {
  try {
    localStorage.setItem(setting, value);
  } catch {
    // Then it holds for this page.
  }
}

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;

export function start(region: HTMLElement): void {
  const rows = [...region.querySelectorAll<HTMLTableRowElement>('tbody tr')];
  const help = document.querySelector<HTMLElement>('[data-keys-help]');
  const box = help?.querySelector<HTMLInputElement>('input[type=checkbox]');
  let on = stored() !== 'off';
  let at = -1;
  if (box) {
    box.checked = on;
    box.addEventListener('change', () => {
      on = box.checked;
      store(on ? 'on' : 'off');
    });
  }

  function move(to: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    rows[at]?.removeAttribute('aria-current');
    at = rows.indexOf(row);
    row.setAttribute('aria-current', 'true');
    row.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }

  const actions: Record<string, () => void> = {
    j: () => move(at + 1),
    k: () => move(at - 1),
    o: () => rows[at]?.querySelector<HTMLElement>('a')?.click(),
    '/': () => document.querySelector<HTMLElement>('[data-shortcut="/"]')?.focus(),
    '?': () => help?.togglePopover(),
  };
  document.addEventListener('keydown', (event) => {
    if (!on || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]!();
  });
}
