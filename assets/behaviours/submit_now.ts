// A form whose person has nothing to add: posted at once, by button where there is no script.

export function start(form: HTMLElement): void {
  (form as HTMLFormElement).requestSubmit();
}
