-- name: erasures
select coalesce(max(number), 0) from erasure

-- name: submissions
select form_version, answers from submission where application_id = :id

-- name: forget_band
delete from similarity_band where band = :band and value = :value and application_id = :id

-- name: forget_waiting
delete from search_backlog where queue_id = :queue_id

-- FTS5: a negative number puts all parts on one level, to be merged by the steps after it.
-- name: merge_all (sqlite)
insert into application_text (application_text, rank) values ('merge', -64)
-- name: merge_all (postgres)
select 1

-- name: merge_on (sqlite)
insert into application_text (application_text, rank) values ('merge', 64)
-- name: merge_on (postgres)
select 1

-- The statement itself counts as one.
-- name: changes (sqlite)
select total_changes()
-- name: changes (postgres)
select 0
