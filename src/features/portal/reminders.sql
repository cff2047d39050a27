-- name: due
select c.id, c.application_id, c.body, c.due_at from change_request c
where c.due_at > :now and c.due_at <= :soon and c.asked_at <= :yesterday and c.answered_at is null and c.reminded_at is null order by c.due_at limit :limit

-- One node sends it.
-- name: mark
update change_request set reminded_at = :now where id = :id and reminded_at is null and answered_at is null
