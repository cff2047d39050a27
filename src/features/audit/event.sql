-- name: write
insert into event (id, application_id, kind, actor_kind, actor_id, at, detail)
values (:id, :application_id, :kind, :actor_kind, :actor_id, :at, :detail)
