-- name: first_administrator
select person_id from role_grant where program = '*' and role = :role order by granted_at, person_id limit 1

-- name: insert_person
insert into person (id, name, created_at) values (:id, :name, :now)

-- name: grant_from_terminal
insert into role_grant (person_id, program, role, granted_at, granted_by) values (:person, '*', :role, :now, null)

-- A link that a newer one replaced has no life left: it expires when it was created.
-- name: replace_links
update staff_link set expires_at = created_at where person_id = :person and used_at is null and expires_at > :now

-- name: insert_link
insert into staff_link (hash, person_id, created_at, expires_at, used_at) values (:hash, :person, :now, :expires_at, null)

-- name: find_link
select person_id, created_at, expires_at, used_at from staff_link where hash = :hash

-- One of many who post it at once finds used_at null; the others wait for its commit and find it set.
-- name: use_link
update staff_link set used_at = :now where hash = :hash and used_at is null and expires_at > :now

-- name: forget_old_links
delete from staff_link where created_at < :before and (used_at is not null or expires_at <= :now)
