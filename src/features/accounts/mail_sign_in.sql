-- name: forget_old
delete from sign_in where id in (select s.id from sign_in s where s.created_at < :before order by s.created_at limit 1000)

-- name: asked_since
select count(*) from sign_in where email = :email and created_at > :since

-- A request that a newer one replaced has no life left: it expires when it was created.
-- name: replace
update sign_in set expires_at = created_at where email = :email and used_at is null and expires_at > :now

-- name: insert
insert into sign_in (id, email, created_at, expires_at, used_at, attempts) values (:id, :email, :now, :expires_at, null, 0)

-- name: find
select email, created_at, expires_at, used_at, attempts from sign_in where id = :id

-- One of many at once finds used_at null; the others wait for its commit and find it set.
-- name: use
update sign_in set used_at = :now where id = :id and used_at is null and expires_at > :now

-- Counted before the code is looked at: parallel guesses cannot have more.
-- name: count_attempt
update sign_in set attempts = attempts + 1 where id = :id and used_at is null and expires_at > :now and attempts < :limit

-- name: person_of
select person_id from person_email where email = :email

-- name: insert_person
insert into person (id, name, created_at) values (:id, '', :now)

-- name: insert_email
insert into person_email (email, person_id, verified_at) values (:email, :person, :now)

-- name: verify_again
update person_email set verified_at = :now where email = :email
