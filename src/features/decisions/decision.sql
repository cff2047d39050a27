-- name: of_application
select d.id, d.application_id, d.kind, d.criterion, d.reason, d.note, d.state, d.version, d.was, d.decided_by, p.name,
  d.decided_at, d.release_id, d.message_id, d.released_at
from decision d join person p on p.id = d.decided_by
where d.application_id = :application order by d.id desc limit 50

-- name: by_id
select d.id, d.application_id, d.kind, d.criterion, d.reason, d.note, d.state, d.version, d.was, d.decided_by, p.name,
  d.decided_at, d.release_id, d.message_id, d.released_at
from decision d join person p on p.id = d.decided_by
where d.id = :id

-- name: insert
insert into decision (id, application_id, program, kind, state, version, was, criterion, reason, note, decided_by,
  decided_at, release_id, message_id, released_at)
values (:id, :application, :program, :kind, 0, 1, :was, :criterion, :reason, :note, :by, :now, null, null, null)

-- name: is_open
select id from decision where application_id = :application and state in (0, 1)

-- name: change
update decision set kind = :kind, criterion = :criterion, reason = :reason, note = :note, decided_by = :by,
  decided_at = :now, version = version + 1
where id = :id and version = :version and state = 0

-- name: undo
update decision set state = 3, version = version + 1 where id = :id and version = :version and state in (0, 1)

-- What is on the waiting list stays there; whoever decides on it at the same time meets the lock of its row.
-- name: still_waitlisted
update application set version = version + 1, updated_at = :now where id = :id and state = 7

-- name: appealed_against
select d.decided_by from appeal a join decision d on d.id = a.decision_id where a.application_id = :application and a.state = 1
