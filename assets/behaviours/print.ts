// <button type="button" hidden data-behaviour="print">: shown where there is a script to do it.

export function start(button: HTMLElement): void {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
