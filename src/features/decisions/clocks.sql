-- name: overdue
select id, reference, applicant_name, moved_at from application
where program = :program and state = :state and moved_at <= :before order by moved_at limit :limit

-- Never moved: what it stands in began when it was submitted, and the queue's order is that order.
-- name: overdue_submitted
select id, reference, applicant_name, submitted_at from application
where program = :program and state = 1 and queue_id < :before and moved_at is null order by queue_id limit :limit

-- name: overdue_appeals
select a.application_id, p.reference, p.applicant_name, a.made_at from appeal a join application p on p.id = a.application_id
where a.program = :program and a.state = 0 and a.made_at <= :before order by a.id limit :limit
