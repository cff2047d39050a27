-- name: by_reference
select id, program, state, reference, form_version, locale, applicant_name, email, institution, country, flags, submitted_at, queue_id
from application where reference = :reference and queue_id is not null

-- name: latest_submission
select number, form_version, submitted_at, answers from submission where application_id = :id order by number desc limit 1

-- name: timeline
select e.kind, e.actor_kind, e.at, e.detail, p.name from event e left join person p on p.id = e.actor_id
where e.application_id = :id order by e.id limit 500

-- name: flags
select kind, detail, created_at from flag where application_id = :id order by kind

-- name: readings
select question, kind, value, currency from reading where application_id = :id order by question

-- name: file
select f.id, f.name, f.media_type, f.size from file f where f.application_id = :id and f.token = :token

-- name: file_pieces
select bytes from file_piece where file_id = :id order by number

-- name: assignee
select a.assignee, p.name from application a left join person p on p.id = a.assignee where a.id = :id
