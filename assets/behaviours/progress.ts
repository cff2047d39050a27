// The section list: tells how far each section is while somebody answers, and which one is in view.
import { progressOf, type Progress } from '../form/progress.ts';

function isAnswered(field: HTMLElement): boolean {
  for (const control of field.querySelectorAll<HTMLInputElement>('input, select, textarea')) {
    if (!control.name || control.name.startsWith('_')) continue;
    if (control.type === 'checkbox' || control.type === 'radio' ? control.checked : control.value.trim() !== '') return true;
  }
  return field.querySelector('.file__item') !== null;
}

function read(section: HTMLElement): Progress {
  const fields = [...section.querySelectorAll<HTMLElement>('[data-question]')].filter((field) => !field.closest('[hidden]'));
  return progressOf(fields.map((field) => ({ required: field.hasAttribute('data-required'), answered: isAnswered(field) })));
}

export function start(list: HTMLElement): void {
  const words = list.dataset;
  const items = [...list.querySelectorAll<HTMLElement>('[data-section]')].flatMap((item) => {
    const section = document.querySelector<HTMLElement>(`section[data-section="${CSS.escape(item.dataset['section']!)}"]`);
    const state = item.querySelector('.section-nav__state');
    return section && state ? [{ item, section, state }] : [];
  });
  const total = document.querySelector('[data-sections-done]');

  function show(): void {
    let done = 0;
    for (const { item, section, state } of items) {
      const progress = read(section);
      const text = words[progress.state] ?? '';
      state.textContent = text.replace('{answered}', String(progress.answered)).replace('{total}', String(progress.total));
      item.dataset['state'] = progress.state;
      if (progress.state === 'complete') done++;
    }
    if (total) total.textContent = `${done}/${items.length}`;
  }

  let frame = 0;
  const soon = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(show);
  };
  const form = items[0]?.section.closest('form');
  for (const event of ['input', 'change', 'bursary:dirty']) form?.addEventListener(event, soon);
  show();

  list.addEventListener('click', (event) => {
    if ((event.target as Element).closest('a') && list.matches(':popover-open')) list.hidePopover();
  });

  const current = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const { item, section } of items) {
          const link = item.querySelector('a');
          if (section === entry.target) link?.setAttribute('aria-current', 'true');
          else link?.removeAttribute('aria-current');
        }
      }
    },
    { rootMargin: '-30% 0px -65%' },
  );
  for (const { section } of items) current.observe(section);
}
