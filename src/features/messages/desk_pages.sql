-- What staff look at first, newest first.
-- name: of_state
select m.id, m.application_id, m.template, m.locale, m.recipient, m.placeholders, m.message_id, m.state, m.attempts, m.due_at,
  m.lease_until, m.created_at, m.sent_at, m.problem, a.reference
from message m left join application a on a.id = m.application_id
where m.state in (3, 4, 5, 6) and m.state = :state and m.id < :before order by m.id desc limit :limit

-- name: on_the_way
select m.id, m.application_id, m.template, m.locale, m.recipient, m.placeholders, m.message_id, m.state, m.attempts, m.due_at,
  m.lease_until, m.created_at, m.sent_at, m.problem, a.reference
from message m left join application a on a.id = m.application_id
where m.state in (0, 1) order by m.due_at, m.id limit :limit

-- name: newest
select m.id, m.application_id, m.template, m.locale, m.recipient, m.placeholders, m.message_id, m.state, m.attempts, m.due_at,
  m.lease_until, m.created_at, m.sent_at, m.problem, a.reference
from message m left join application a on a.id = m.application_id
where m.id < :before order by m.id desc limit :limit

-- name: of_address
select m.id, m.application_id, m.template, m.locale, m.recipient, m.placeholders, m.message_id, m.state, m.attempts, m.due_at,
  m.lease_until, m.created_at, m.sent_at, m.problem, a.reference
from application_email e join application a on a.id = e.application_id join message m on m.application_id = a.id
where e.email = :email and a.id <> :but order by m.id desc limit 50

-- Of the program; what opens an account is nobody's to read.
-- name: one
select m.id, m.application_id, m.template, m.locale, m.recipient, m.placeholders, m.message_id, m.state, m.attempts, m.due_at,
  m.lease_until, m.created_at, m.sent_at, m.problem, a.reference
from message m left join application a on a.id = m.application_id where m.id = :id

-- name: application
select id, program, applicant_name, email, locale, reference from application where reference = :reference and queue_id is not null

-- name: count_waiting
select count(*) from (select 1 as one from message where state in (0, 1) limit 1001) as counted
