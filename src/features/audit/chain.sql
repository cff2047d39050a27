-- name: wait_for_seal
insert into audit_backlog (event_id) values (:id)

-- name: last_seal
select number, hash, sealed_at from audit_seal order by number desc limit 1

-- name: count_waiting
select count(*) from (select 1 as one from audit_backlog limit :most) w

-- An event that is missing, or was sealed before, waits on: `verify` names it. PostgreSQL is made to look up row by row what
-- few of those that wait need, and told that nearly all of them fit: else it sorts all that wait for each batch, or joins them
-- with all events there ever were.
-- name: waiting (sqlite)
select e.id, e.application_id, e.kind, e.actor_kind, e.actor_id, e.at, e.detail
from audit_backlog b join event e on e.id = b.event_id
where (select s.number from audit_seal s where s.event_id = b.event_id) is null
order by b.event_id limit :limit
-- name: waiting (postgres)
select e.id, e.application_id, e.kind, e.actor_kind, e.actor_id, e.at, e.detail
from (
  select b.event_id from audit_backlog b
  where coalesce((select 0 from audit_seal s where s.event_id = b.event_id), 1) <> 0
    and coalesce((select 1 from event x where x.id = b.event_id), 0) <> 0
  order by b.event_id limit :limit
) w cross join lateral (select * from event x where x.id = w.event_id offset 0) e
order by e.id

-- name: take_lease
insert into lease (name, holder, until_at) values ('audit_seal', :holder, :until)
on conflict (name) do update set holder = excluded.holder, until_at = excluded.until_at
where lease.holder = excluded.holder or lease.until_at < :now

-- name: seal
insert into audit_seal (number, event_id, sealed_at, hash) values (:number, :event_id, :now, :hash)

-- name: done_waiting
delete from audit_backlog where event_id = :id

-- name: seals_after
select s.number, s.event_id, s.sealed_at, s.hash, e.id, e.application_id, e.kind, e.actor_kind, e.actor_id, e.at, e.detail
from audit_seal s left join event e on e.id = s.event_id
where s.number > :after order by s.number limit :limit

-- Each event is sealed or waits.
-- name: events_after
select e.id, s.number, b.event_id from event e
left join audit_seal s on s.event_id = e.id left join audit_backlog b on b.event_id = e.id
where e.id > :after order by e.id limit :limit

-- name: lost_in_backlog
select b.event_id from audit_backlog b
where not exists (select 1 from event e where e.id = b.event_id) order by b.event_id limit 1
