-- name: of_person
select id, name, credential_id, created_at, used_at from passkey where person_id = :person order by created_at, id

-- name: by_credential
select id, person_id, algorithm, public_key, sign_count from passkey where credential_id = :credential

-- name: insert
insert into passkey (id, person_id, credential_id, algorithm, public_key, sign_count, name, created_at, used_at)
values (:id, :person, :credential, :algorithm, :public_key, :sign_count, :name, :now, null)

-- Authenticators that do not count say 0 each time. Otherwise only forwards: two at once cannot both pass.
-- name: use
update passkey set sign_count = :count, used_at = :now where id = :id and (sign_count < :count or (sign_count = 0 and :count = 0))

-- name: remove
delete from passkey where person_id = :person and id = :id
