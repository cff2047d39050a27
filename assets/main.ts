// What public pages run. A behaviour runs only where its name stands in data-behaviour.
import { start as autosave } from './behaviours/autosave.ts';
import { start as copy } from './behaviours/copy.ts';
import { start as country_combobox } from './behaviours/country_combobox.ts';
import { start as error_summary } from './behaviours/error_summary.ts';
import { start as file_input } from './behaviours/file_input.ts';
import { start as filter } from './behaviours/filter.ts';
import { start as mark_read } from './behaviours/mark_read.ts';
import { start as menu } from './behaviours/menu.ts';
import { start as passkey } from './behaviours/passkey.ts';
import { start as print } from './behaviours/print.ts';
import { start as progress } from './behaviours/progress.ts';
import { start as proof } from './behaviours/proof.ts';
import { start as reveal } from './behaviours/reveal.ts';
import { start as submit_now } from './behaviours/submit_now.ts';
import { start as submit_once } from './behaviours/submit_once.ts';
import { start as validate } from './behaviours/validate.ts';
import { start as word_count } from './behaviours/word_count.ts';
import { bind } from './bind.ts';

bind({
  autosave, copy, country_combobox, error_summary, file_input, filter, mark_read, menu, passkey, print, progress, proof, reveal, submit_now, submit_once, validate, word_count,
});
