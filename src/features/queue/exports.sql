-- name: latest
select a.submitted_at, a.locale, a.flags, a.form_version, a.email, s.number, s.answers
from application a join submission s on s.application_id = a.id
where a.id = :id order by s.number desc limit 1

-- name: readings
select question, kind, value, currency from reading where application_id = :id order by question
