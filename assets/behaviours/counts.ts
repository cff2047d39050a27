// Fetches what was too slow to count for the page itself and puts it in place: data-from says where. What somebody has changed
// in the boxes meanwhile stays.
import { replace } from './replace.ts';

export function start(element: HTMLElement): void {
  const from = element.dataset['from'];
  if (!from) return;
  void fetch(from, { headers: { Accept: 'text/html' } }).then(async (answer) => {
    if (answer.ok && element.isConnected && !element.contains(document.activeElement)) replace(element, await answer.text());
  }).catch(() => {
    // Away: the page works without counts.
  });
}
