-- name: app
select id from code_app where person_id = :person and confirmed_at is not null

-- One of two at once finds the step not taken.
-- name: take_step
update code_app set last_step = :step where person_id = :person and confirmed_at is not null and last_step < :step

-- name: take_recovery_code
update recovery_code set used_at = :now where person_id = :person and hash = :hash and used_at is null

-- name: forget_recovery_codes
delete from recovery_code where person_id = :person

-- name: insert_recovery_code
insert into recovery_code (person_id, hash, used_at) values (:person, :hash, null)
