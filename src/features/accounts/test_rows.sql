-- For the tests of this folder alone.

-- name: give
insert into role_grant (person_id, program, role, granted_at) values (:person, :program, :role, 0)

-- name: count_events
select count(*) from event where kind = :kind
