-- name: id_by_reference
select id, program from application where reference = :reference and queue_id is not null

-- name: flags
select kind, detail, created_at from flag where application_id = :id order by kind

-- name: add_flag
insert into flag (application_id, kind, queue_id, detail, created_at)
select id, cast(:kind as smallint), queue_id, :detail, cast(:now as bigint) from application where id = :id and queue_id is not null
on conflict (application_id, kind) do nothing

-- name: remove_flag
delete from flag where application_id = :id and kind = :kind

-- name: set_bit
update application set flags = flags + cast(:bit as bigint), version = version + 1, updated_at = :now where id = :id

-- name: change_requests
select id, body, due_at, asked_at, answered_at from change_request where application_id = :id order by id desc

-- name: ask_for_changes
insert into change_request (id, application_id, body, due_at, asked_by, asked_at, answered_at)
values (:id, :application, :body, :due_at, :asked_by, :now, null)

-- name: answer_change_requests
update change_request set answered_at = :now where application_id = :id and answered_at is null
