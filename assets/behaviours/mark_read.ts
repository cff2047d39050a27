// A form that says "I have read it": sent by itself once its page has been in view for a moment, and then gone. Without
// the script its button does the same.

const inView = 1500;

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  let timer = 0;
  const send = async (): Promise<void> => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.set(name, value);
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => null);
    // A redirect that is not followed has no status that could be read.
    if (answer && (answer.ok || answer.type === 'opaqueredirect')) form.hidden = true;
  };
  const look = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible' && !form.hidden) timer = window.setTimeout(() => void send(), inView);
  };
  document.addEventListener('visibilitychange', look);
  look();
}
