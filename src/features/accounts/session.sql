-- name: insert_session
insert into session (hash, person_id, strength, created_at, seen_at, expires_at)
values (:hash, :person, :strength, :now, :now, :expires_at)

-- name: find_session
select person.id, person.name, session.seen_at, session.strength
from session join person on person.id = session.person_id
where session.hash = :hash and session.expires_at > :now and session.seen_at > :seen_after

-- name: emails
select email from person_email where person_id = :person order by verified_at desc, email

-- name: roles
select role from role_grant where person_id = :person and program in (:program, '*')

-- Never backwards: requests of one person overtake each other.
-- name: touch_session
update session set seen_at = :now where hash = :hash and seen_at < :now

-- name: end_session
delete from session where hash = :hash

-- name: forget_ended_sessions
delete from session where expires_at <= :now or seen_at <= :seen_before
