// Keys for a table of links: j and k move, o opens (and Enter, for the link has the focus), x ticks the row, / goes to the search, a to what
// can be done with the ticked ones, g and another key to a list that has that key, ? tells the keys. Inert while somebody types, and turned
// off by the box in the help (WCAG 2.1.4). Where the pointer was is told by aria-current.

const setting = 'bursary.keys'; // a preference, no answer: may live in the browser
const patience = 1500; // ms in which a key after g belongs to it

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

// Where keys write or choose; a ticked box is neither.
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]') !== null;

export function start(region: HTMLElement): void {
  const rows = (): HTMLTableRowElement[] => [...region.querySelectorAll<HTMLTableRowElement>('tbody tr')];
  const current = (): HTMLTableRowElement | null => region.querySelector('tbody tr[aria-current]');
  const help = document.querySelector<HTMLElement>('[data-keys-help]');
  const box = help?.querySelector<HTMLInputElement>('input[type=checkbox]');
  let on = stored() !== 'off';
  let going = 0; // when g was pressed
  if (box) {
    box.checked = on;
    box.addEventListener('change', () => {
      on = box.checked;
      store(on ? 'on' : 'off');
    });
  }

  function move(by: number): void {
    const all = rows();
    const now = current();
    const at = now ? all.indexOf(now) : -1;
    const row = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (!row) return;
    now?.removeAttribute('aria-current');
    row.setAttribute('aria-current', 'true');
    row.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }
  function focus(key: string): void {
    const field = document.querySelector<HTMLElement>(`[data-shortcut="${key}"]`);
    field?.focus();
    if (field instanceof HTMLInputElement) field.setSelectionRange(field.value.length, field.value.length);
  }

  const actions: Record<string, () => void> = {
    j: () => move(1),
    k: () => move(-1),
    o: () => current()?.querySelector<HTMLElement>('a')?.click(),
    x: () => current()?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click(),
    a: () => focus('a'),
    g: () => { going = Date.now(); },
    '/': () => focus('/'),
    '?': () => help?.togglePopover(),
  };
  document.addEventListener('keydown', (event) => {
    if (!on || !region.isConnected || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = Date.now() - going < patience && /^[a-z0-9]$/.test(event.key) ? document.querySelector<HTMLElement>(`[data-go="${event.key}"]`) : null;
    going = 0;
    if (place) {
      event.preventDefault();
      place.click();
    } else if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]!();
    }
  });
}
