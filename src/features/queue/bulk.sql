-- name: assign
update application set assignee = :person where id = :application

-- name: by_reference
select id, state, queue_id from application where reference = :reference and program = :program and queue_id is not null

-- The newest first, as in the list.
-- name: references_of (sqlite)
select a.reference from json_each(:ids) one join application a on a.id = one.value order by a.queue_id desc
-- name: references_of (postgres)
select a.reference from json_array_elements_text(cast(:ids as json)) one(value) join application a on a.id = cast(one.value as bigint)
order by a.queue_id desc

-- name: start
insert into bulk (id, program, person_id, action, argument, query, state, total, next, created_at)
values (:id, :program, :person, :action, :argument, :query, 1, 0, 1, :now)
-- name: add_row
insert into bulk_row (bulk_id, number, application_id, seen, was, mark, outcome)
values (:bulk, :number, :application, :seen, null, null, 0)
-- name: begin
update bulk set state = 0, total = :total, next = 1 where id = :id

-- name: find
select program, person_id, action, argument, query, state, total, next, created_at from bulk where id = :id
-- name: unfinished
select id from bulk where state in (0, 2) order by id limit 1

-- Only one of those who are at it goes on from here.
-- name: advance
update bulk set next = :next, state = :state where id = :id and next = :seen_next and state = :seen_state

-- The applications are held until the batch ends: nobody comes in between.
-- name: targets (sqlite)
select r.number, r.application_id, r.seen, a.state, a.version, a.assignee, r.was, r.mark, r.outcome,
  a.program, a.areas, coalesce(a.queue_id, 0)
from bulk_row r join application a on a.id = r.application_id
where r.bulk_id = :bulk and r.number >= :first and r.number < :end order by r.number
-- name: targets (postgres)
select r.number, r.application_id, r.seen, a.state, a.version, a.assignee, r.was, r.mark, r.outcome,
  a.program, a.areas, coalesce(a.queue_id, 0)
from bulk_row r join application a on a.id = r.application_id
where r.bulk_id = :bulk and r.number >= :first and r.number < :end order by r.number
for update of a

-- name: record
update bulk_row set outcome = :outcome, was = :was, mark = :mark where bulk_id = :bulk and number = :number
-- name: record_undone
update bulk_row set outcome = :outcome where bulk_id = :bulk and number = :number

-- Undone from the first row on; one that is not done is not there to be undone.
-- name: begin_undo
update bulk set state = 2, next = 1 where id = :id and state = 1

-- name: outcomes
select outcome, count(*) from bulk_row where bulk_id = :bulk group by outcome
-- name: left_over
select a.reference, a.applicant_name, a.state, r.outcome from bulk_row r join application a on a.id = r.application_id
where r.bulk_id = :bulk and r.outcome in (2, 3, 5) order by r.number limit 100
