-- name: application
select id, program, state, reference, form_version, locale, applicant_name, email, institution, country, flags, version,
  created_at, updated_at, submitted_at, expires_at, queue_id, link_hash, moved_at, link_generation
from application where id = :id

-- name: draft_answers
select answers from draft where application_id = :id

-- name: last_submission
select number, form_version, submitted_at, answers, salt, digest from submission where application_id = :id
order by number desc limit 1

-- name: submission
select number, form_version, submitted_at, answers, salt, digest from submission where application_id = :id and number = :number
