-- name: insert_session
insert into session (hash, person_id, strength, created_at, seen_at, expires_at, id, method, proved_at, browser)
values (:hash, :person, :strength, :now, :now, :expires_at, :id, :method, :now, :browser)

-- name: find_session
select person.id, person.name, session.seen_at, session.strength, session.proved_at, session.id
from session join person on person.id = session.person_id
where session.hash = :hash and session.expires_at > :now and session.seen_at > :seen_after

-- name: emails
select email from person_email where person_id = :person order by verified_at desc, email

-- name: roles
select role from role_grant where person_id = :person and program in (:program, '*')

-- Never backwards: requests of one person overtake each other.
-- name: touch_session
update session set seen_at = :now where hash = :hash and seen_at < :now

-- name: renew
update session set hash = :fresh, strength = 1, method = :method, proved_at = :now where hash = :hash and person_id = :person

-- name: end_session
delete from session where hash = :hash

-- name: list
select id, method, browser, created_at, seen_at from session
where person_id = :person and expires_at > :now and seen_at > :seen_after and id is not null order by seen_at desc, id

-- name: end_by_id
delete from session where person_id = :person and id = :id

-- name: end_others
delete from session where person_id = :person and (id is null or id <> :id)

-- name: forget_ended_sessions
delete from session where expires_at <= :now or seen_at <= :seen_before
