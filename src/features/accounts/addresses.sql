-- name: find
select person_id from person_email where email = :email

-- name: count
select count(*) from person_email where person_id = :person

-- name: insert
insert into person_email (email, person_id, verified_at) values (:email, :person, :now)

-- name: remove
delete from person_email where person_id = :person and email = :email

-- Whether somebody has more to come in by than mail, or a role.
-- name: has_more
select (select count(*) from passkey where person_id = :person) + (select count(*) from password where person_id = :person)
  + (select count(*) from identity where person_id = :person) + (select count(*) from role_grant where person_id = :person)

-- name: take_over
update person_email set person_id = :person where person_id = :other

-- name: end_sessions
delete from session where person_id = :other

-- name: asked_since
select count(*) from message where recipient = :email and template = 'confirm_address' and created_at > :since

-- name: drop_weaker
delete from application_person where person_id = :person and state = 1 and exists (select 1 from application_person o
  where o.person_id = :other and o.application_id = application_person.application_id and o.state = 1
    and o.relation < application_person.relation)

-- name: take_belongings
update application_person set person_id = :person where person_id = :other and not exists (select 1 from application_person o
  where o.person_id = :person and o.application_id = application_person.application_id and o.state = 1)

-- name: drop_rest
delete from application_person where person_id = :other

-- name: drop_seen
delete from application_seen where person_id = :other
