// Looks again every second for a part that changes by itself, until the server draws it without this behaviour. data-from: its page;
// data-part: what of it.
import { replace } from './replace.ts';

const pause = 1000; // ms

export function start(element: HTMLElement): void {
  const { from, part } = element.dataset;
  if (!from || !part) return;
  const look = async (): Promise<void> => {
    if (!element.isConnected) return;
    const answer = await fetch(from, { headers: { Accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector<HTMLElement>(part);
    if (!answer.ok || !fresh || !element.isConnected) return;
    const again = fresh.dataset['behaviour'] === 'refresh';
    replace(element, fresh.outerHTML);
    if (again) setTimeout(() => void look(), pause);
  };
  setTimeout(() => void look().catch(() => setTimeout(() => void look(), 5 * pause)), pause);
}
