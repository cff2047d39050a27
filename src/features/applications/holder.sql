-- How somebody belongs to an application, and whether its owner is named.
-- name: belonging
select relation, may_submit from application_person where application_id = :application and person_id = :person and state = 1

-- name: has_owner
select 1 from application_person where application_id = :application and relation = 0 and state = 1
