-- What one application consists of; for the tests of this folder alone.

-- name: newest
select id, queue_id from application where queue_id is not null order by id desc limit 1

-- name: columns
select program, state, locale, applicant_name, email, institution, country, area, flags, form_version, submitted_at, updated_at, created_at,
  expires_at
from application where id = :id

-- name: submission
select number, form_version, submitted_at, answers, salt, digest from submission where application_id = :id

-- name: areas
select program, area, state from application_area where queue_id = :queue_id order by area

-- name: readings
select question, kind, value, currency from reading where application_id = :id order by question

-- name: flags
select kind, queue_id, detail from flag where application_id = :id order by kind

-- name: events
select kind, actor_kind, actor_id, at, detail from event where application_id = :id order by id

-- name: messages
select template, locale, recipient, placeholders, due_at, created_at from message where application_id = :id order by id

-- name: backlog
select count(*) from search_backlog where queue_id = :queue_id

-- name: messages_that_wait
select count(*) from message where state in (0, 1)

-- name: count_by_state
select state, count(*), min(submitted_at), max(submitted_at) from application group by state order by state

-- name: order_of_submission
select submitted_at, queue_id from application order by queue_id

-- name: names
select applicant_name from application
