-- Up to which decision somebody has said that they read it.
-- name: seen
select decision_id from application_seen where person_id = :person and application_id = :application
