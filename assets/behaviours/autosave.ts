// Keeps a draft on the server while somebody types. It never validates, never submits, and keeps no answer in the browser.
import { sameValues, setValues, textOf, valuesFrom, valuesOf, type Values } from '../form/answers.ts';
import { showConflict } from '../form/conflict.ts';
import { saveDraft, type Outcome } from '../form/draft_store.ts';
import { merge } from '../form/merge.ts';

const pause = 1200; // ms without a key before a save
const longestWait = 60_000; // ms between tries

// What the server has: the page as it was sent, whatever the browser restored into it since.
function asSent(form: HTMLFormElement): Values {
  const blank = form.cloneNode(true) as HTMLFormElement;
  blank.reset();
  return valuesOf(blank);
}

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const words = form.dataset;
  const status = document.querySelector<HTMLElement>('[data-save-state]');
  let url = words['autosaveUrl'] ?? '';
  let saved = asSent(form);
  let timer = 0;
  let tries = 0;
  let leaving = false;
  let stopped = false; // the draft has ended
  let running: Promise<void> | undefined;
  const open = new Set<string>(); // conflicts that nobody has settled yet

  const unsaved = (): boolean => !sameValues(valuesOf(form), saved);
  const hidden = (name: string): HTMLInputElement | null => form.querySelector(`input[type=hidden][name=${name}]`);
  const put = (name: string, value: string): void => {
    const input = hidden(name);
    if (input) input.value = value;
  };
  const say = (text = '', state = ''): void => {
    if (!status || status.textContent === text) return;
    status.textContent = text;
    if (state) status.dataset['state'] = state;
    else delete status.dataset['state'];
  };
  const later = (ms: number): void => {
    clearTimeout(timer);
    timer = window.setTimeout(save, ms);
  };

  function showSaved(): void {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    say((words['saved'] ?? '').replace('{time}', time));
  }

  function settle(version: number, answers: Record<string, unknown>): void {
    const theirs: Values = new Map();
    const mine = valuesOf(form);
    for (const key of mine.keys()) theirs.set(key, valuesFrom(form, key, answers[key]));
    const { take, ask } = merge(saved, mine, theirs);
    saved = theirs;
    put('_version', String(version));
    for (const key of take) setValues(form, key, theirs.get(key) ?? []);
    for (const key of ask) {
      if (open.has(key)) continue;
      open.add(key);
      const there = theirs.get(key) ?? [];
      showConflict(form, key, { mine: textOf(form, key, mine.get(key) ?? []), theirs: textOf(form, key, there) }, (whose) => {
        open.delete(key);
        if (whose === 'theirs') setValues(form, key, there);
        document.getElementById(key)?.focus();
        agree();
      });
    }
    if (open.size) say(words['conflict'], 'failed');
    else agree();
  }

  // Nothing is in doubt any more: save what is new, or say that all is saved.
  function agree(): void {
    if (open.size) return;
    if (unsaved()) later(0);
    else showSaved();
  }

  function take(outcome: Outcome, sent: Values): void {
    if (outcome.kind === 'saved') {
      tries = 0;
      saved = sent;
      put('_version', String(outcome.version));
      if (outcome.token) put('_token', outcome.token);
      if (outcome.link) {
        url = form.action = outcome.link;
        history.replaceState(history.state, '', outcome.link);
      }
      showSaved();
      form.dispatchEvent(new CustomEvent('bursary:saved', { bubbles: true }));
      if (unsaved()) later(pause);
    } else if (outcome.kind === 'conflict') {
      settle(outcome.version, outcome.answers);
    } else if (outcome.kind === 'ended') {
      stopped = true;
      say(words['ended'], 'failed');
    } else if (outcome.kind === 'refused') {
      say(`${words['refused'] ?? ''} ${outcome.message}`.trim(), 'failed');
    } else {
      say(words['retrying'], 'failed');
      later(Math.max(outcome.retryAfter * 1000, Math.min(2000 * 2 ** tries++, longestWait)) * (0.85 + 0.3 * Math.random()));
    }
  }

  function save(): void {
    clearTimeout(timer);
    if (running || leaving || stopped || open.size || !url || !unsaved()) return;
    const sent = valuesOf(form);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    body.set('_action', 'autosave');
    if (!tries) say(words['saving'], 'saving');
    running = saveDraft(url, body).then((outcome) => {
      running = undefined;
      if (!leaving) take(outcome, sent);
    });
  }

  const changed = (): void => {
    if (!tries) later(pause);
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('bursary:dirty', changed);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && save());
  addEventListener('online', () => {
    tries = 0;
    save();
  });
  addEventListener('beforeunload', (event) => {
    if (!leaving && unsaved() && (tries || running || timer)) event.preventDefault();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) leaving = false;
  });

  // A save on its way would make the post's version stale: wait for it. An open conflict is settled by a person first.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (open.size) {
      event.preventDefault();
      form.querySelector<HTMLElement>('.conflict')?.focus();
    } else if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      void running.then(() => form.requestSubmit(event.submitter));
    }
  });
  addEventListener('submit', (event) => {
    if (event.target === form && !event.defaultPrevented) leaving = true;
  });

  const key = hidden('_key');
  if (key && !key.value) {
    key.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  if (unsaved()) changed();
}

