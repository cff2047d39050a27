// Binds behaviours to the elements that name them: data-behaviour="autosave validate". Names that are not in the list are ignored, so that
// markup can never make the script do anything but what is listed.

export type Behaviour = (element: HTMLElement) => void;

export function bind(list: Readonly<Record<string, Behaviour>>): void {
  const bound = new WeakMap<Element, Set<string>>();
  const bindWithin = (root: ParentNode): void => {
    for (const element of root.querySelectorAll<HTMLElement>('[data-behaviour]')) {
      const done = bound.get(element) ?? new Set<string>();
      bound.set(element, done);
      for (const name of element.dataset['behaviour']!.split(/\s+/)) {
        if (done.has(name) || !Object.hasOwn(list, name)) continue;
        done.add(name);
        list[name]!(element);
      }
    }
  };
  document.documentElement.classList.add('script');
  bindWithin(document);
  document.addEventListener('bursary:replaced', (event) => bindWithin((event.target as Element).parentElement ?? document));
}
