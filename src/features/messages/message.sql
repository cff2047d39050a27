-- name: insert_message
insert into message (id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at,
                     lease_until, created_at, sent_at, problem)
values (:id, :application, :template, :locale, :recipient, :placeholders, :message_id, 0, 0, :due_at, null, :now, null, '')

-- name: hold_message
insert into message (id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at,
                     lease_until, created_at, sent_at, problem)
values (:id, :application, :template, :locale, :recipient, :placeholders, :message_id, 5, 0, :due_at, null, :now, null, '')

-- name: let_go
update message set state = 0, due_at = :now where id = :id and state = 5

-- name: drop_held
delete from message where id = :id and state = 5

-- name: messages_of_application
select id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at, lease_until,
       created_at, sent_at, problem
from message where application_id = :application order by id

-- name: find_message
select id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at, lease_until,
       created_at, sent_at, problem
from message where id = :id
