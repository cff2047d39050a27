-- name: seen
select letter_id from application_seen where person_id = :person and application_id = :application

-- name: letters_since
select count(*) from letter where application_id = :application and from_applicant = 1 and written_at > :since
