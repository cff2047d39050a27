-- name: submitted
insert into tally_change (id, program, state, country, areas, flags, assignee, n)
values (:id, :program, 1, :country, :areas, :flags, null, 1)

-- name: moved
insert into tally_change (id, program, state, country, areas, flags, assignee, n)
select cast(:gone as bigint), program, cast(:from as smallint), country, areas, flags, assignee, -1 from application
where id = :application and queue_id is not null
union all
select cast(:came as bigint), program, state, country, areas, flags, assignee, 1 from application
where id = :application and queue_id is not null

-- name: flagged
insert into tally_change (id, program, state, country, areas, flags, assignee, n)
select cast(:gone as bigint), program, state, country, areas, flags - cast(:bits as bigint), assignee, -1 from application
where id = :application and queue_id is not null
union all
select cast(:came as bigint), program, state, country, areas, flags, assignee, 1 from application
where id = :application and queue_id is not null

-- name: assigned
insert into tally_change (id, program, state, country, areas, flags, assignee, n)
select cast(:gone as bigint), program, state, country, areas, flags, cast(:assignee as bigint), -1 from application
where id = :application and queue_id is not null
union all
select cast(:came as bigint), program, state, country, areas, flags, assignee, 1 from application
where id = :application and queue_id is not null

-- name: one
insert into tally_change (id, program, state, country, areas, flags, assignee, n)
select cast(:id as bigint), program, state, country, areas, flags, assignee, cast(:n as smallint) from application
where id = :application and queue_id is not null
