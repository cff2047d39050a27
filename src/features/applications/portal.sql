-- name: list_email
insert into application_email (email, application_id) values (:email, :application_id)
on conflict (email, application_id) do nothing

-- Those that give an address and whose owner is not named. Newest first.
-- name: mine
select a.id, a.state, a.reference, a.email, a.applicant_name, a.updated_at, a.submitted_at, a.expires_at
from application_email e join application a on a.id = e.application_id
where e.email = :email and a.program = :program and a.state <> 12
  and not exists (select 1 from application_person o where o.application_id = a.id and o.relation = 0 and o.state = 1)
order by e.application_id desc limit :limit

-- name: joined
select a.id, a.state, a.reference, a.email, a.applicant_name, a.updated_at, a.submitted_at, a.expires_at, m.relation, m.may_submit
from application_person m join application a on a.id = m.application_id
where m.person_id = :person and m.state = 1 and a.program = :program and a.state <> 12
order by m.application_id desc limit :limit
