// A text input with suggestions in front of the country list. The <select> stays, keeps its name and holds the answer, so that the post, the
// draft and the checks see no difference; without script it is all there is. Keys as in the ARIA Authoring Practices, "editable combobox with
// list autocomplete".
import { fold } from '../form/fold.ts';
import { afterPress } from '../form/press.ts';
import { showProblem } from '../form/problems.ts';
import { rulesOf, type Rules } from '../form/rules.ts';

interface Entry {
  option: HTMLOptionElement;
  item: HTMLElement;
  name: string; // without the mark of what is not supported
  folded: string;
}

const nameOf = (option: HTMLOptionElement): string => option.dataset['unsupported'] || option.text;

// At the start of the name, then at the start of a word in it, then by code.
function rank(entry: Entry, wanted: string): number {
  if (entry.folded.startsWith(wanted)) return 0;
  if (entry.folded.split(/[\s(-]+/).some((word) => word.startsWith(wanted))) return 1;
  if (entry.option.value.toLowerCase() === wanted) return 1;
  return entry.folded.includes(wanted) && wanted.length > 2 ? 2 : -1;
}

function inputFor(select: HTMLSelectElement, list: HTMLElement): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'text';
  input.className = 'input';
  input.id = select.id;
  input.autocomplete = select.autocomplete ? 'country-name' : 'off';
  input.spellcheck = false;
  for (const name of ['aria-describedby', 'aria-invalid', 'aria-required']) {
    const value = select.getAttribute(name);
    if (value !== null) input.setAttribute(name, value);
  }
  list.id = `${select.id}-options`;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);
  input.placeholder = select.options[0]?.text ?? '';
  select.removeAttribute('id');
  select.hidden = true;
  return input;
}

// The note that a country is not supported, while such a one is chosen.
function tell(select: HTMLSelectElement, key: string, rules: Rules | undefined): void {
  const field = select.closest<HTMLElement>('[data-question]');
  const form = select.form;
  if (!field || !form || !rules) return;
  const unsupported = select.selectedOptions[0]?.dataset['unsupported'] !== undefined;
  if (rules.questions.find((rule) => rule.key === key)?.blocks) {
    showProblem(form, key, unsupported ? (rules.say['country_unsupported'] ?? '') : '', rules);
    return;
  }
  let note = document.getElementById(`${key}-warning`);
  if (!note && unsupported) {
    note = document.createElement('p');
    note.id = `${key}-warning`;
    note.className = 'field__warning';
    note.setAttribute('role', 'status');
    field.append(note);
  }
  if (!note) return;
  note.hidden = !unsupported;
  if (unsupported && !note.textContent) note.textContent = rules.say['country_warning'] ?? '';
}

export function start(box: HTMLElement): void {
  const select = box.querySelector('select');
  if (!select) return;
  const key = select.name;
  const rules = rulesOf(select.form);
  const list = document.createElement('ul');
  const status = document.createElement('p');
  const input = inputFor(select, list);
  list.className = 'combobox__list';
  list.setAttribute('role', 'listbox');
  list.hidden = true;
  status.className = 'visually-hidden';
  status.setAttribute('role', 'status');
  box.prepend(input);
  box.append(list, status);
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '');

  const entries: Entry[] = [...select.options].filter((option) => option.value !== '').map((option, i) => {
    const item = document.createElement('li');
    item.className = 'combobox__option';
    item.id = `${list.id}-${i}`;
    item.setAttribute('role', 'option');
    item.textContent = option.text;
    return { option, item, name: nameOf(option), folded: fold(nameOf(option)) };
  });
  let shown: Entry[] = [];
  let active: Entry | undefined;
  let timer = 0;

  function mark(entry: Entry | undefined): void {
    active?.item.setAttribute('aria-selected', 'false');
    active = entry;
    if (!entry) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    entry.item.setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', entry.item.id);
    entry.item.scrollIntoView({ block: 'nearest' });
  }

  function close(): void {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(undefined);
  }

  function open(wanted: string): void {
    const ranked = entries.map((entry) => ({ entry, place: wanted ? rank(entry, wanted) : 0 })).filter(({ place }) => place >= 0);
    shown = ranked.sort((a, b) => a.place - b.place).map(({ entry }) => entry);
    mark(undefined);
    list.replaceChildren(...shown.map(({ item }) => item));
    list.hidden = shown.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const words = box.dataset[shown.length === 0 ? 'none' : shown.length === 1 ? 'one' : 'other'] ?? '';
      status.textContent = words.replace('{n}', String(shown.length));
    }, 600);
  }

  const chosen = (): Entry | undefined => entries.find(({ option }) => option.selected);
  function choose(entry: Entry | undefined): void {
    const value = entry?.option.value ?? '';
    if (select!.value === value) return;
    select!.value = value;
    select!.dispatchEvent(new Event('input', { bubbles: true }));
    select!.dispatchEvent(new Event('change', { bubbles: true }));
  }
  function take(entry: Entry): void {
    input.value = entry.name;
    choose(entry);
    close();
  }
  const typed = (): Entry | undefined => entries.find(({ folded }) => folded === fold(input.value));

  const show = (): void => {
    const entry = chosen();
    if (entry && document.activeElement !== input) input.value = entry.name;
    else if (!entry && !select!.value && document.activeElement !== input && typed()) input.value = '';
    afterPress(() => tell(select!, key, rules));
  };

  function move(by: number): void {
    if (list.hidden) open(typed() ? '' : fold(input.value));
    const at = active ? shown.indexOf(active) : by > 0 ? -1 : shown.length;
    mark(shown[(at + by + shown.length) % shown.length]);
  }

  input.addEventListener('input', (event) => {
    event.stopPropagation(); // the form hears of the select's change instead
    choose(typed());
    open(fold(input.value));
  });
  input.addEventListener('change', (event) => event.stopPropagation());
  input.addEventListener('click', () => (list.hidden ? open(typed() ? '' : fold(input.value)) : close()));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && !list.hidden) {
      event.preventDefault();
      if (active) take(active);
      else close();
    } else if (event.key === 'Escape') {
      if (!list.hidden) close();
      else if (input.value) {
        input.value = '';
        choose(undefined);
      }
    }
  });
  input.addEventListener('blur', () => {
    const entry = active ?? typed() ?? (shown.length === 1 && input.value && !list.hidden ? shown[0] : undefined);
    if (entry) take(entry);
    else close();
  });
  // Before the blur, which would close the list under the pointer.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const entry = shown.find(({ item }) => item.contains(event.target as Node));
    if (entry) take(entry);
  });
  select.addEventListener('change', show);
  addEventListener('pageshow', show);
  show();
}
