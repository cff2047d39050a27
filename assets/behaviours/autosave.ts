// Keeps a draft on the server while somebody types. It never validates, never submits, and keeps no answer in the browser.
import { sameValues, setValues, textOf, valuesFrom, valuesOf, type Values } from '../form/answers.ts';
import { showConflict } from '../form/conflict.ts';
import { saveDraft, type Outcome } from '../form/draft_store.ts';
import { merge } from '../form/merge.ts';

const pause = 1200; // ms without a key before a save
const shortestWait = 2000; // ms until the next try, doubled each time …
const longestWait = 60_000; // … up to this

// What the server has: the page as it was sent, whatever the browser restored into it since.
function asSent(form: HTMLFormElement): Values {
  const blank = form.cloneNode(true) as HTMLFormElement;
  blank.reset();
  return valuesOf(blank);
}

const randomKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

class Draft {
  private readonly form: HTMLFormElement;
  private readonly words: DOMStringMap;
  private readonly status = document.querySelector<HTMLElement>('[data-save-state]');
  private url: string;
  private saved: Values;
  private timer = 0;
  private tries = 0; // failed ones in a row
  private ended = false; // the link leads nowhere any more
  private readonly open = new Set<string>(); // conflicts that nobody has settled yet
  running: Promise<void> | undefined;
  leaving = false; // the form is on its way: it brings everything

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.words = form.dataset;
    this.url = this.words['autosaveUrl'] ?? '';
    this.saved = asSent(form);
    const key = this.field('_key');
    if (key && !key.value) key.value = randomKey();
  }

  get isUnsaved(): boolean {
    return !sameValues(valuesOf(this.form), this.saved);
  }
  get isInDoubt(): boolean {
    return this.open.size > 0;
  }

  changed(): void {
    if (!this.tries) this.later(pause); // else the next try brings it
  }
  retryNow(): void {
    this.tries = 0;
    this.save();
  }
  save(): void {
    clearTimeout(this.timer);
    if (this.running || this.leaving || this.ended || this.isInDoubt || !this.url || !this.isUnsaved) return;
    const sent = valuesOf(this.form);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') body.append(name, value);
    body.set('_action', 'autosave');
    if (!this.tries) this.say(this.words['saving'], 'saving');
    this.running = saveDraft(this.url, body).then((outcome) => {
      this.running = undefined;
      if (!this.leaving) this.take(outcome, sent);
    });
  }

  private take(outcome: Outcome, sent: Values): void {
    switch (outcome.kind) {
      case 'saved':
        this.tries = 0;
        this.saved = sent;
        this.put('_version', String(outcome.version));
        if (outcome.token) this.put('_token', outcome.token);
        if (outcome.link) this.move(outcome.link);
        this.form.dispatchEvent(new CustomEvent('bursary:saved', { bubbles: true }));
        this.agree(pause);
        break;
      case 'conflict':
        this.settle(outcome.version, outcome.answers);
        break;
      case 'ended':
        this.ended = true;
        this.say(this.words['ended'], 'failed');
        break;
      case 'refused':
        this.say(`${this.words['refused'] ?? ''} ${outcome.message}`.trim(), 'failed');
        break;
      case 'failed': {
        const wait = Math.min(shortestWait * 2 ** this.tries++, longestWait);
        this.say(outcome.message ?? this.words['retrying'], 'failed');
        this.later(Math.max(outcome.retryAfter * 1000, wait) * (0.85 + 0.3 * Math.random()));
      }
    }
  }

  // The stored draft is newer than this page: take over what only the other side changed, ask about what both did.
  private settle(version: number, answers: Record<string, unknown>): void {
    const mine = valuesOf(this.form);
    const theirs: Values = new Map();
    for (const key of mine.keys()) theirs.set(key, valuesFrom(this.form, key, answers[key]));
    const { take, ask } = merge(this.saved, mine, theirs);
    this.saved = theirs;
    this.put('_version', String(version));
    for (const key of take) setValues(this.form, key, theirs.get(key) ?? []);
    for (const key of ask) this.ask(key, mine.get(key) ?? [], theirs.get(key) ?? []);
    if (this.isInDoubt) this.say(this.words['conflict'], 'failed');
    else this.agree(0);
  }

  private ask(key: string, mine: string[], theirs: string[]): void {
    if (this.open.has(key)) return;
    this.open.add(key);
    const { form } = this;
    showConflict(form, key, { mine: textOf(form, key, mine), theirs: textOf(form, key, theirs) }, (whose) => {
      this.open.delete(key);
      if (whose === 'theirs') setValues(form, key, theirs);
      document.getElementById(key)?.focus();
      this.agree(0);
    });
  }

  // Where nothing is in doubt: save what is new after `wait`, or say that all is saved.
  private agree(wait: number): void {
    if (this.isInDoubt) return;
    if (this.isUnsaved) this.later(wait);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    if (!this.isUnsaved || wait) this.say((this.words['saved'] ?? '').replace('{time}', time));
  }

  private move(link: string): void {
    this.url = this.form.action = link;
    history.replaceState(history.state, '', link);
  }
  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), ms);
  }
  private field(name: string): HTMLInputElement | null {
    return this.form.querySelector(`input[type=hidden][name=${name}]`);
  }
  private put(name: string, value: string): void {
    const input = this.field(name);
    if (input) input.value = value;
  }
  // The region is polite: it is said when the reader pauses, and only when it is news.
  private say(text = '', state = ''): void {
    if (!this.status || this.status.textContent === text) return;
    this.status.textContent = text;
    this.status.dataset['state'] = state;
  }
}

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const draft = new Draft(form);
  for (const name of ['input', 'change', 'bursary:dirty']) form.addEventListener(name, () => draft.changed());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && draft.save());
  addEventListener('online', () => draft.retryNow());
  addEventListener('beforeunload', (event) => {
    if (!draft.leaving && draft.isUnsaved) event.preventDefault();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) draft.leaving = false;
  });

  // A save on its way would make the post's version stale: wait for it. A conflict is settled by a person first.
  form.addEventListener('submit', (event) => {
    draft.changed(); // another behaviour may stop the post
    if (draft.isInDoubt) {
      event.preventDefault();
      form.querySelector<HTMLElement>('.conflict')?.focus();
    } else if (draft.running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      void draft.running.then(() => form.requestSubmit(event.submitter));
    }
  });
  // Last of all, when no other behaviour has stopped it.
  addEventListener('submit', (event) => {
    if (event.target === form && !event.defaultPrevented) draft.leaving = true;
  });
  if (draft.isUnsaved) draft.changed();
}
