-- name: list_email
insert into application_email (email, application_id) values (:email, :application_id)
on conflict (email, application_id) do nothing

-- Newest first.
-- name: mine
select a.id, a.state, a.reference, a.email, a.link_hash, a.updated_at, a.submitted_at, a.expires_at
from application_email e join application a on a.id = e.application_id
where e.email = :email and a.program = :program and a.state <> 12 order by e.application_id desc limit :limit
