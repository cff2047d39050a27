// The header's groups are <details> and open by themselves; this closes them again: another one opens, a click elsewhere, Escape, focus that moves on.

export function start(menu: HTMLElement): void {
  const groups = [...menu.querySelectorAll<HTMLDetailsElement>('details')];
  const close = (except?: Node | null): void => {
    for (const group of groups) if (!except || !group.contains(except)) group.open = false;
  };
  for (const group of groups) group.addEventListener('toggle', () => group.open && close(group));
  document.addEventListener('pointerdown', (event) => close(event.target as Node));
  menu.addEventListener('focusout', (event) => event.relatedTarget && close(event.relatedTarget as Node));
  menu.addEventListener('keydown', (event) => {
    const group = (event.target as Element).closest('details');
    if (event.key !== 'Escape' || !group?.open) return;
    event.preventDefault(); // the panel around it stays
    event.stopPropagation();
    group.open = false;
    group.querySelector('summary')?.focus();
  });
}
