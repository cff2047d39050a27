-- name: ways_in
select (select count(*) from passkey where person_id = :person) + (select count(*) from password where person_id = :person)
  + (select count(*) from identity where person_id = :person)
