-- name: list
select id, url, kinds, created_at, generation, earlier_until, failures, wait_until, delivered_at, paused_at, paused_why
from webhook where program = :program order by id

-- name: find
select id, url, kinds, created_at, generation, earlier_until, failures, wait_until, delivered_at, paused_at, paused_why
from webhook where program = :program and id = :id

-- name: add
insert into webhook (id, program, url, kinds, created_by, created_at, generation, earlier_until, failures, wait_until, delivered_at,
  paused_at, paused_why)
values (:id, :program, :url, :kinds, :by, :now, 1, null, 0, 0, null, null, null)

-- name: pause
update webhook set paused_at = :now, paused_why = :why where id = :id and paused_at is null

-- What is behind it counts from now: it is not paused again for the silence before.
-- name: resume
update webhook set paused_at = null, paused_why = null, failures = 0, wait_until = 0, delivered_at = :now
where id = :id and paused_at is not null

-- name: due_at_once
update webhook_delivery set next_at = :now where webhook_id = :id and next_at is not null
-- name: give_up_waiting
update webhook_delivery set next_at = null, state = 2 where webhook_id = :id and next_at is not null

-- name: renew
update webhook set generation = generation + 1, earlier_until = :until where id = :id

-- name: drop_deliveries
delete from webhook_delivery where webhook_id = :id
-- name: drop
delete from webhook where id = :id

-- name: deliveries
select id, kind, created_at, next_at, tried_at, attempts, state, status, detail
from webhook_delivery where webhook_id = :id order by id desc limit :most

-- name: put
insert into webhook_delivery (id, webhook_id, event_id, kind, body, created_at, next_at, attempts, state, status, detail, tried_at)
values (:id, :webhook, :event, :kind, :body, :now, :now, 0, 0, null, '', null)

-- name: delivery
select 1 from webhook_delivery where id = :id and webhook_id = :webhook
-- name: again
update webhook_delivery set next_at = :now, created_at = :now, attempts = 0, state = 0
where id = :id and webhook_id = :webhook and next_at is null

-- name: hurry
update webhook set wait_until = 0 where id = :id

-- name: count_waiting
select count(*) from (select 1 as one from webhook_delivery where webhook_id = :id and next_at is not null limit :most) w

-- Fan-out.
-- name: done_to
select value from setting where key = 'webhooks_seal'
-- Who makes them at the same time finds another number here, and writes nothing.
-- name: set_done
update setting set value = cast(:seal as text) where key = 'webhooks_seal' and value = cast(:before as text)
-- name: last_seal
select number from audit_seal order by number desc limit 1
-- name: active
select id, program, kinds, created_at from webhook where paused_at is null order by id
-- name: sealed
select s.number, e.id, e.kind, e.at, e.detail, a.program, a.reference
from audit_seal s left join event e on e.id = s.event_id left join application a on a.id = e.application_id
where s.number > :after order by s.number limit :limit

-- Delivery.
-- name: ready
select id, url, generation, earlier_until, failures, created_at, delivered_at
from webhook where paused_at is null and wait_until <= :now order by id
-- name: due
select id, body, created_at, next_at from webhook_delivery
where webhook_id = :webhook and next_at is not null and next_at <= :now order by next_at, id limit :limit
-- name: claim
update webhook_delivery set next_at = :until, attempts = attempts + 1, tried_at = :now where id = :id and next_at = :was
-- name: arrived
update webhook_delivery set next_at = null, state = 1, status = :status, detail = '' where id = :id
-- name: failed
update webhook_delivery set next_at = :next, state = :state, status = :status, detail = :detail where id = :id and state = 0
-- name: answered
update webhook set failures = 0, wait_until = 0, delivered_at = :now where id = :id
-- name: silent
update webhook set failures = failures + 1, wait_until = :until where id = :id
-- name: pause_by_itself
update webhook set paused_at = :now, paused_why = :why where id = :id and paused_at is null

-- name: forget
delete from webhook_delivery where id in
  (select id from webhook_delivery where next_at is null and created_at < :before order by created_at limit :most)
