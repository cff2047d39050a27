-- In the queue's own order PostgreSQL would walk an index over all of a program, past all other states, to save itself a
-- sort that the index by state has done. These two put nulls elsewhere, so that they serve only who asks for that: the first
-- finds an application, the second is the list without a filter.
drop index application_by_queue;
create unique index application_by_queue on application (queue_id nulls first);
create index application_by_program on application (program, queue_id nulls first) where queue_id is not null;

-- What the queue moves leaves its old keys behind until they are swept: at 2 % of the rows, not at a fifth of them.
alter table application set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table application_area set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
