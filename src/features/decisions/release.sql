-- name: insert
insert into decision_release (id, program, released_by, created_at, leaves_at, state, total)
values (:id, :program, :by, :now, :leaves_at, 0, :total)

-- Where all that it held has left meanwhile, it leaves once more. One that was undone takes no more.
-- name: add
update decision_release set total = total + :n, state = case when state = 2 then 1 else state end
where id = :id and state <> 3

-- name: take
update decision set state = 1, version = version + 1, release_id = :release, message_id = :message
where id = :id and version = :version and state = 0

-- The application went elsewhere while its decision was pending.
-- name: overtake
update decision set state = 4, version = version + 1 where id = :id and state = 0

-- name: all_pending
select id, version, kind from decision
where program = :program and state in (0, 1) and state = 0 and decided_at <= :shown_at order by id limit 100000

-- name: undo_release
update decision_release set state = 3 where id = :id and state = 0

-- name: to_bring_back
select id, application_id, message_id from decision where release_id = :release and state = 1 order by id limit :limit

-- name: bring_back
update decision set state = 0, version = version + 1, release_id = null, message_id = null where id = :id and state = 1

-- name: half_undone
select id, released_by from decision_release where state = 3 and id in
  (select release_id from decision where state in (0, 1) and state = 1 and program = :program and release_id is not null)

-- name: due
select id, state, released_by from decision_release where state in (0, 1) and leaves_at <= :now order by leaves_at limit 1

-- name: begin
update decision_release set state = 1 where id = :id and state = 0

-- name: to_let_go
select id from decision where release_id = :release and state = 1 order by id limit :limit

-- name: let_go
update decision set state = 2, version = version + 1, released_at = :now where id = :id and state = 1

-- name: overtake_released
update decision set state = 4, released_at = null where id = :id and state = 2

-- name: finish
update decision_release set state = 2 where id = :id and state = 1
