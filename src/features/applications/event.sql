-- name: write
insert into event (id, application_id, kind, actor_kind, actor_id, at, detail)
values (:id, :application_id, :kind, :actor_kind, null, :at, :detail)

-- name: count_of_kind
select count(*) from event where application_id = :application_id and kind = :kind and at > :since
