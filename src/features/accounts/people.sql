-- name: staff
select g.person_id, p.name, g.role, g.program from role_grant g join person p on p.id = g.person_id
where g.program in (:program, '*') order by p.name, g.person_id, g.role, g.program limit 2000

-- name: emails
select email from person_email where person_id = :person order by verified_at desc, email

-- name: ways_in
select (select count(*) from passkey where person_id = :person) + (select count(*) from password where person_id = :person)
  + (select count(*) from identity where person_id = :person)

-- name: invitations
select i.id, i.email, p.name, i.role, i.expires_at from invitation i join person p on p.id = i.invited_by
where i.program = :program and i.created_at > :since and i.used_at is null and i.expires_at > :now order by i.created_at desc, i.id limit 200

-- name: invitation
select i.id, i.email, p.name, i.role, i.expires_at from invitation i join person p on p.id = i.invited_by
where i.id = :id and i.program = :program and i.used_at is null and i.expires_at > :now

-- name: insert_invitation
insert into invitation (id, email, program, role, invited_by, created_at, expires_at, used_at)
values (:id, :email, :program, :role, :by, :now, :expires_at, null)

-- An invitation that was taken back, or that a newer one to the same address replaced, has no life left.
-- name: take_back
update invitation set expires_at = created_at where id = :id and program = :program and used_at is null and expires_at > :now

-- name: replace
update invitation set expires_at = created_at
where program = :program and created_at > :since and email = :email and role = :role and used_at is null and expires_at > :now

-- name: use
update invitation set used_at = :now where id = :id and used_at is null and expires_at > :now

-- name: inviter
select name from person where id = :id

-- name: has_role
select program from role_grant where person_id = :person and role = :role and program in (:program, '*')

-- name: is_staff
select count(*) from role_grant where person_id = :person and program in (:program, '*')

-- name: grant
insert into role_grant (person_id, program, role, granted_at, granted_by) values (:person, :program, :role, :now, :by)

-- name: take
delete from role_grant where person_id = :person and role = :role and program in (:program, '*')

-- name: administrators
select count(distinct person_id) from role_grant where role = 0 and program in (:program, '*')
