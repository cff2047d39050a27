// What moves the page waits until the pointer is up: else a button or box slips away from under a click that has begun.

let pressed = false;
addEventListener('pointerdown', () => (pressed = true), true);
for (const end of ['pointerup', 'pointercancel', 'dragend']) addEventListener(end, () => (pressed = false), true);

export function afterPress(act: () => void): void {
  if (!pressed) {
    act();
    return;
  }
  const done = new AbortController();
  const end = (): void => {
    done.abort();
    setTimeout(act); // after the click, which follows the pointer's rise
  };
  for (const name of ['pointerup', 'pointercancel', 'dragend']) addEventListener(name, end, { capture: true, signal: done.signal });
}
