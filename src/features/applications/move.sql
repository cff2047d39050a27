-- name: find
select state, program, areas, coalesce(queue_id, 0) from application where id = :id

-- name: move
update application set state = :to, version = version + 1, updated_at = :now, moved_at = :now where id = :id and state = :from

-- name: move_area
update application_area set state = :to where program = :program and area = :area and state = :from and queue_id = :queue_id
