-- The queue's order is the order of submission: the one that has waited longest comes first.
-- name: waiting
select id, reference from application where program = :program and state = 1 order by queue_id limit 2

-- name: screened
select id, reference from application where program = :program and state = 2 order by queue_id limit 2

-- name: person
select name from person where id = :id
