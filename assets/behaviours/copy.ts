// A button that copies a text: <button type="button" hidden data-behaviour="copy" data-text="…" data-done="Copied">. Shown where copying works.

export function start(button: HTMLElement): void {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset['text'] ?? location.href);
    button.textContent = button.dataset['done'] ?? label;
    setTimeout(() => (button.textContent = label), 3000);
  });
}
