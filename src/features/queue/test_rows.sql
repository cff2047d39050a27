-- What other features do to rows that this one reads; for the tests of this folder alone.

-- name: correct_every_email
update application set email = :email

-- name: wait_again
update search_backlog set since = :now
