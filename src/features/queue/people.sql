-- Administrators and coordinators (features/accounts/roles.h).
-- name: colleagues
select p.id, p.name from person p
where p.name <> '' and p.id in (select g.person_id from role_grant g where g.role in (0, 1) and (g.program = :program or g.program = '*'))
order by p.name, p.id

-- name: name_of
select name from person where id = :id
