-- name: person
insert into person (id, name, created_at) values (:id, :name, 0)
-- name: person_email
insert into person_email (email, person_id, verified_at) values (:email, :person, 0)
-- name: mail_to
select id from message where template = :template and recipient = :recipient
