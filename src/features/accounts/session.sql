-- name: insert_session
insert into session (hash, staff_id, created_at, seen_at, expires_at) values (:hash, :staff, :now, :now, :expires_at)

-- name: find_session
select session.staff_id, staff.name, staff.role, session.seen_at
from session join staff on staff.id = session.staff_id
where session.hash = :hash and session.expires_at > :now and session.seen_at > :seen_after

-- Never backwards: requests of one person overtake each other.
-- name: touch_session
update session set seen_at = :now where hash = :hash and seen_at < :now

-- name: end_session
delete from session where hash = :hash

-- name: forget_ended_sessions
delete from session where expires_at <= :now or seen_at <= :seen_before
