// Does the work that the server asks of every submission, beside the page, once somebody touches the form. Where it fails the
// form is sent without it: the server then decides by how much comes in.
import { isChallenge, search, type Challenge } from '../proof/solve.ts';

const life = 100 * 60_000; // ms; the server's two hours, with room

function beside(worker: string, challenge: Challenge): Promise<string> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker);
    const end = (settle: () => void) => (): void => {
      thread.terminate();
      settle();
    };
    thread.onmessage = (event: MessageEvent<unknown>) => end(() => resolve(String(event.data)))();
    thread.onerror = end(() => reject(new Error('worker')));
    thread.postMessage(challenge);
  });
}

// Without a worker: in slices, so that typing stays smooth.
async function inSlices(challenge: Challenge): Promise<string> {
  for (let from = 0; ; from += 2000) {
    const proof = search(challenge, from, 2000);
    if (proof) return proof;
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
}

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const field = form.querySelector<HTMLInputElement>('input[name=_proof]');
  const status = form.querySelector<HTMLElement>('[data-proof-state]');
  if (!field) return;
  let since = -Infinity;
  let running: Promise<void> | undefined;

  async function work(): Promise<void> {
    try {
      const response = await fetch(form.dataset['proofUrl'] ?? '/apply/challenge', { headers: { accept: 'application/json' }, cache: 'no-store' });
      const challenge: unknown = await response.json();
      if (!response.ok || !isChallenge(challenge)) return;
      field!.value = await beside(form.dataset['proofWorker'] ?? '', challenge).catch(() => inSlices(challenge));
      since = performance.now();
    } catch {
      // Offline: asked again when it is sent.
    }
  }
  const fresh = (): boolean => performance.now() - since < life;
  const prove = (): Promise<void> => (running ??= work().finally(() => (running = undefined)));

  for (const touch of ['input', 'pointerdown', 'keydown', 'focusin']) {
    form.addEventListener(touch, () => void (fresh() || prove()), { once: true, passive: true });
  }
  let tried = false;
  form.addEventListener('submit', (event) => {
    const action = (event.submitter as HTMLButtonElement | null)?.value ?? 'submit';
    if (event.defaultPrevented || action !== 'submit' || fresh() || tried) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (status) status.textContent = form.dataset['proving'] ?? '';
    void prove().then(() => {
      tried = true; // with or without a proof: never more than one wait
      if (status) status.textContent = '';
      form.requestSubmit(event.submitter);
      tried = false;
    });
  });
}
