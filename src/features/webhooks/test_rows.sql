-- name: many
insert into webhook_delivery (id, webhook_id, event_id, kind, body, created_at, next_at, attempts, state, status, detail, tried_at)
with recursive n (i) as (select 1 union all select i + 1 from n where i < cast(:count as integer))
select i, :webhook, i, 'application.moved', '{}', :now, :now, 0, 0, null, '', null from n
