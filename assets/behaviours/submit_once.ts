// A double click makes one post. Bound last, so that it sees whether another behaviour has stopped the post.

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  let sentAt = -Infinity;
  const release = (): void => {
    sentAt = -Infinity;
    for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled');
  };
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (performance.now() - sentAt < 10_000) {
      event.preventDefault();
      return;
    }
    sentAt = performance.now();
    event.submitter?.setAttribute('aria-disabled', 'true');
    setTimeout(release, 10_000);
  });
  addEventListener('pageshow', (event) => event.persisted && release());
}
