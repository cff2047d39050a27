-- What other features do to rows that this one reads; for the tests of this folder alone.

-- name: correct_every_email
update application set email = :email

-- name: wait_again
update search_backlog set since = :now

-- name: colleague
insert into person (id, name, created_at) values (:id, :name, 0)
-- name: make_coordinator
insert into role_grant (person_id, program, role, granted_at, granted_by) values (:person, '*', 1, 0, null)
