-- By the order of its keys alone this index is for finding an application by its queue id. In the queue's own order
-- (nulls last on the way up) PostgreSQL would walk it past all other states and programs, to save itself a sort that
-- the index by state has done.
drop index application_by_queue;
create unique index application_by_queue on application (queue_id nulls first);

-- What the queue moves leaves its old keys behind until they are swept: at 2 % of the rows, not at a fifth of them.
alter table application set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table application_area set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
