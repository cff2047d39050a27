// What the rounds count: what was done, and what must not be. Of each fault the first few are told where they are met.
const TOLD = 10;

export class Tally {
  done = {};
  faults = {};

  constructor(kinds) {
    for (const kind of kinds) this.faults[kind] = 0;
  }

  add(what, many = 1) {
    this.done[what] = (this.done[what] ?? 0) + many;
  }
  // A kind that was not named is a mistake of the harness: nobody would look at its count.
  fault(kind, detail, many = 1) {
    if (!(kind in this.faults)) throw new Error(`no such kind of fault: ${kind}`);
    this.faults[kind] += many;
    if (this.faults[kind] <= TOLD) console.error(`${kind}: ${detail}`);
  }

  get(what) {
    return this.done[what] ?? this.faults[what] ?? 0;
  }
  get anyFault() {
    return Object.values(this.faults).some((many) => many > 0);
  }
}
