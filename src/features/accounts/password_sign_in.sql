-- name: attempts
select count(*) from failed_attempt where key = :key and at > :since

-- name: add_attempt
insert into failed_attempt (key, at, id) values (:key, :at, :id)

-- name: clear_attempts
delete from failed_attempt where key = :key

-- name: forget_attempts
delete from failed_attempt where at < :before

-- name: by_email
select e.person_id, p.hash, p.changed_at from person_email e left join password p on p.person_id = e.person_id where e.email = :email

-- name: of_person
select hash, changed_at from password where person_id = :person

-- name: remove_password
delete from password where person_id = :person

-- name: insert_password
insert into password (person_id, hash, changed_at) values (:person, :hash, :now)

-- name: renew_hash
update password set hash = :fresh where person_id = :person and hash = :old

-- name: remove_app
delete from code_app where person_id = :person

-- name: insert_app
insert into code_app (person_id, id, created_at, confirmed_at, last_step) values (:person, :id, :now, :now, :step)

-- name: remove_recovery_codes
delete from recovery_code where person_id = :person

-- name: recovery_codes_left
select count(*) from recovery_code where person_id = :person and used_at is null
