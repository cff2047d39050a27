// Puts a part that the server drew in the place of another, so that focus, scroll and what is typed stay where they can.
import { Idiomorph } from 'idiomorph';

export function replace(old: Element, html: string): Element | null {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild;
  if (!parsed) return null;
  const { id } = parsed;
  void Idiomorph.morph(old, parsed, { morphStyle: 'outerHTML', ignoreActiveValue: true });
  const element = old.isConnected ? old : document.getElementById(id);
  element?.dispatchEvent(new CustomEvent('bursary:replaced', { bubbles: true }));
  return element;
}
