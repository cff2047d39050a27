-- The counts beside the queue's filters are of some states at a time: found without those of the others.
create index tally_by_state on tally (program, within, facet, state);
