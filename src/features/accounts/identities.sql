-- name: of_person
select issuer, subject, provider, created_at, used_at from identity where person_id = :person order by created_at, issuer, subject

-- name: find
select person_id from identity where issuer = :issuer and subject = :subject

-- name: use
update identity set used_at = :now, provider = :provider where issuer = :issuer and subject = :subject

-- name: insert
insert into identity (issuer, subject, person_id, provider, created_at, used_at)
values (:issuer, :subject, :person, :provider, :now, :now)

-- name: remove
delete from identity where person_id = :person and issuer = :issuer and subject = :subject

-- name: by_email
select person_id from person_email where email = :email

-- Whether somebody has more to come in by than mail, or a role.
-- name: has_more
select (select count(*) from passkey where person_id = :person) + (select count(*) from password where person_id = :person)
  + (select count(*) from identity where person_id = :person) + (select count(*) from role_grant where person_id = :person)

-- name: insert_person
insert into person (id, name, created_at) values (:id, :name, :now)

-- name: name_person
update person set name = :name where id = :id and name = ''
