// What public pages run. A behaviour runs only where its name stands in data-behaviour.
import { start as autosave } from './behaviours/autosave.ts';
import { start as copy } from './behaviours/copy.ts';
import { start as filter } from './behaviours/filter.ts';
import { start as menu } from './behaviours/menu.ts';
import { start as print } from './behaviours/print.ts';
import { start as progress } from './behaviours/progress.ts';
import { start as proof } from './behaviours/proof.ts';
import { start as submit_once } from './behaviours/submit_once.ts';
import { bind } from './bind.ts';

bind({ autosave, copy, filter, menu, print, progress, proof, submit_once });
