// What staff pages run beside main.ts.
import { start as row_keys } from './behaviours/row_keys.ts';
import { bind } from './bind.ts';

bind({ row_keys });
