// A summary of problems takes the focus when it appears; each of its links leads to its field, with the label in view.

function labelOf(target: HTMLElement): Element {
  const legend = target.closest('fieldset')?.querySelector('legend');
  return legend ?? (target as HTMLInputElement).labels?.[0] ?? target;
}

export function start(element: HTMLElement): void {
  element.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const hash = link?.getAttribute('href') ?? '';
    const target = hash.startsWith('#') ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    if (!target) return;
    event.preventDefault();
    labelOf(target).scrollIntoView();
    target.focus({ preventScroll: true });
  });
  // One that is taller than the window would otherwise show its end.
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'start' });
}
