-- name: read_setting
select value from setting where key = :key

-- name: keep_setting
insert into setting (key, value) values (:key, :value) on conflict (key) do update set value = excluded.value

-- Of every state; what has ended is passed over.
-- name: next_to_compare
select id, queue_id, program, state, applicant_name, country, locale from application
where queue_id > :after and queue_id <= :until order by queue_id nulls first limit :limit  -- as its index is ordered
