-- name: insert_message
insert into message (id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at,
                     lease_until, created_at, sent_at, problem)
values (:id, :application, :template, :locale, :recipient, :placeholders, :message_id, 0, 0, :due_at, null, :now, null, '')

-- name: messages_of_application
select id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at, lease_until,
       created_at, sent_at, problem
from message where application_id = :application order by id

-- name: find_message
select id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at, lease_until,
       created_at, sent_at, problem
from message where id = :id
