-- name: take_lease
insert into lease (name, holder, until_at) values ('retention', :holder, :until)
on conflict (name) do update set holder = excluded.holder, until_at = excluded.until_at
where lease.holder = excluded.holder or lease.until_at < :now

-- Erased ones were never moved, as far as their row says.
-- name: over
select id from application
where program = :program and state = :state and moved_at is not null and moved_at <= :before order by moved_at limit :limit

-- name: purged
select value from setting where key = 'text_purged'
-- name: remember_purged
insert into setting (key, value) values ('text_purged', :value) on conflict (key) do update set value = excluded.value
