-- name: newest
select queue_id, submitted_at from application where queue_id is not null order by queue_id desc limit 1

-- name: from
select queue_id, submitted_at from application where queue_id >= :queue_id order by queue_id limit 1
