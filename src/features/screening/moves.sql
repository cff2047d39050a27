-- name: keep_hold
insert into hold (application_id, reason, until_at, back_to, held_by, held_at)
values (:id, :reason, :until, :back_to, :held_by, :now)

-- name: hold
select reason, until_at, held_at, back_to from hold where application_id = :id

-- name: drop_hold
delete from hold where application_id = :id

-- name: holds_over
select application_id from hold where until_at <= :now order by until_at limit :limit

-- name: facts
select state from application where id = :id
