-- The first statement of a submission: a key that is there already breaks it.
-- name: take
insert into submission_key (key, day, application_id) values (:key, :day, :application_id)

-- name: find
select application_id from submission_key where key = :key

-- name: forget
delete from submission_key where key in (select k.key from submission_key k where k.day < :day order by k.day limit :limit)
