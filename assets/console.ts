// What staff pages run beside main.ts.
import { start as act_keys } from './behaviours/act_keys.ts';
import { start as counts } from './behaviours/counts.ts';
import { start as refresh } from './behaviours/refresh.ts';
import { start as row_keys } from './behaviours/row_keys.ts';
import { start as selection } from './behaviours/selection.ts';
import { start as split } from './behaviours/split.ts';
import { bind } from './bind.ts';

bind({ act_keys, counts, refresh, row_keys, selection, split });
