-- The list without a filter: one stretch of one index, where the index by state needs one for each state. Over drafts as
-- well: SQLite takes an index over a part of the rows for one that finds few, and would begin joins with it.
create index application_by_program on application (program, queue_id);
