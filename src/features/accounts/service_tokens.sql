-- name: insert
insert into service_token (id, hash, program, name, scopes, person_id, created_at, expires_at, revoked_at, revoked_by, used_at)
values (:id, :hash, :program, :name, :scopes, :person, :now, :expires_at, null, null, null)

-- name: find
select t.id, t.scopes, t.person_id, t.used_at, p.name from service_token t join person p on p.id = t.person_id
where t.hash = :hash and t.program = :program and t.revoked_at is null and t.expires_at > :now

-- name: touch
update service_token set used_at = :hour where id = :id and (used_at is null or used_at < :hour)

-- name: list
select t.id, t.name, p.name, t.scopes, t.person_id, t.created_at, t.expires_at, t.revoked_at, t.used_at
from service_token t join person p on p.id = t.person_id where t.program = :program order by t.id desc limit 500

-- name: one
select t.id, t.name, p.name, t.scopes, t.person_id, t.created_at, t.expires_at, t.revoked_at, t.used_at
from service_token t join person p on p.id = t.person_id where t.id = :id and t.program = :program

-- name: good
select count(*) from service_token where program = :program and revoked_at is null and expires_at > :now

-- name: revoke
update service_token set revoked_at = :now, revoked_by = :by where id = :id and program = :program and revoked_at is null

-- name: roles
select role from role_grant where person_id = :person and program in (:program, '*')
