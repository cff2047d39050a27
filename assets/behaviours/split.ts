// On a wide screen a row opens beside the list: the part that the server drew is fetched and put in the pane, and the address says so, so
// that it can be sent and gone back from. On a narrow one, with a modifier, or when the server is away, the link is a link.
import { replace } from './replace.ts';

const wide = matchMedia('(width >= 68.75rem)');

export function start(region: HTMLElement): void {
  const pane = document.getElementById(region.dataset['pane'] ?? '');
  const content = pane?.querySelector<HTMLElement>('[data-content]');
  if (!pane || !content) return;
  let asked = 0;

  function mark(reference: string | null): void {
    for (const row of region.querySelectorAll('tbody tr[aria-current]')) row.removeAttribute('aria-current');
    if (reference) document.getElementById(`row-${reference}`)?.setAttribute('aria-current', 'true');
  }
  function close(): void {
    pane!.hidden = true;
    content!.replaceChildren();
    document.getElementById('beside')?.classList.remove('beside--open');
  }
  // False: the pane could not show it.
  async function open(reference: string): Promise<boolean> {
    const turn = ++asked;
    const answer = await fetch(`/staff/applications/${encodeURIComponent(reference)}?part=1`, { headers: { Accept: 'text/html' } });
    if (!answer.ok) return false;
    const html = await answer.text();
    if (turn !== asked) return true; // another was opened meanwhile
    const old = content!.firstElementChild;
    if (old && old.getAttribute('id') === 'opened') {
      replace(old, html);
    } else {
      const part = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild;
      content!.replaceChildren(...(part ? [part] : []));
      content!.dispatchEvent(new CustomEvent('bursary:replaced', { bubbles: true }));
    }
    pane!.hidden = false;
    pane!.scrollTop = 0;
    document.getElementById('beside')?.classList.add('beside--open');
    mark(reference);
    return true;
  }
  const address = (reference: string | null): string => {
    const url = new URL(location.href);
    if (reference) url.searchParams.set('open', reference);
    else url.searchParams.delete('open');
    return url.href;
  };

  region.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('tbody th a') : null;
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    const reference = decodeURIComponent(new URL(link.href).pathname.split('/').pop() ?? '');
    event.preventDefault();
    open(reference).then((shown) => {
      if (shown) history.pushState(null, '', address(reference));
      else location.assign(link.href);
    }).catch(() => location.assign(link.href));
  });
  pane.querySelector('[data-close]')?.addEventListener('click', (event) => {
    event.preventDefault();
    const row = region.querySelector<HTMLElement>('tbody tr[aria-current] th a');
    close();
    history.pushState(null, '', address(null));
    row?.focus({ preventScroll: true });
  });
  addEventListener('popstate', () => {
    const reference = new URL(location.href).searchParams.get('open');
    if (reference) void open(reference).catch(() => location.reload());
    else close();
  });
}
