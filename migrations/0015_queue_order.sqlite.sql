-- The list without a filter: one stretch of one index, where the index by state needs one for each state.
create index application_by_program on application (program, queue_id) where queue_id is not null;
