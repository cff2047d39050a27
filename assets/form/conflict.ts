// Shows two texts of one answer side by side in its field. The words come from the form's data attributes.

interface Sides {
  mine: string;
  theirs: string;
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function side(words: DOMStringMap, whose: 'mine' | 'theirs', text: string, choose: () => void): HTMLElement {
  const box = element('div', 'conflict__side');
  const button = element('button', 'button button--secondary button--small', words[whose === 'mine' ? 'keepMine' : 'useTheirs']);
  (button as HTMLButtonElement).type = 'button';
  button.addEventListener('click', choose);
  box.append(element('p', 'conflict__whose', words[whose]), element('div', 'conflict__text', text || words['empty']), button);
  return box;
}

// `chosen` is called once; the block is gone by then.
export function showConflict(form: HTMLElement, key: string, sides: Sides, chosen: (whose: 'mine' | 'theirs') => void): void {
  const field = form.querySelector(`[data-question="${CSS.escape(key)}"]`) ?? form;
  const block = element('div', 'conflict');
  block.setAttribute('role', 'group');
  block.setAttribute('aria-label', form.dataset['conflictTitle'] ?? '');
  block.tabIndex = -1;
  const choose = (whose: 'mine' | 'theirs') => (): void => {
    block.remove();
    chosen(whose);
  };
  const pair = element('div', 'conflict__sides');
  pair.append(side(form.dataset, 'mine', sides.mine, choose('mine')), side(form.dataset, 'theirs', sides.theirs, choose('theirs')));
  block.append(element('p', 'conflict__title', form.dataset['conflictTitle']), pair);
  field.append(block);
}
