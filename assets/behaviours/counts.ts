// Fetches what was too slow to count for the page itself and puts it in place: data-from says where. What somebody has changed
// in the boxes meanwhile stays.
import { replace } from './replace.ts';

type Control = HTMLInputElement | HTMLSelectElement;
const controls = (element: Element): Control[] => [...element.querySelectorAll<Control>('input[name], select[name]')];

// As the server drew it.
const drawn = (control: Control): string | undefined =>
  control instanceof HTMLSelectElement ? ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value : control.defaultValue;

export function start(element: HTMLElement): void {
  const from = element.dataset['from'];
  if (!from) return;
  void fetch(from, { headers: { Accept: 'text/html' } }).then(async (answer) => {
    if (!answer.ok) return;
    const html = await answer.text();
    if (!element.isConnected || element.contains(document.activeElement)) return;
    const changed = new Map(controls(element).filter((control) => control.value !== drawn(control)).map((control) => [control.name, control.value]));
    const counted = replace(element, html);
    for (const control of counted ? controls(counted) : []) control.value = changed.get(control.name) ?? control.value;
  }).catch(() => {
    // Away: the page works without counts.
  });
}
