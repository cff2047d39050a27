-- What the tests of this folder make.
-- name: person
insert into person (id, name, created_at) values (7, 'Ana', 0)
-- name: token
insert into service_token (id, hash, program, name, scopes, person_id, created_at, expires_at) values (:id, :hash, 'p', 't', '', 7, 0, 0)
-- name: key
insert into api_key (token_id, key, request, created_at, status, etag, answer) values (1, :key, cast('' as BYTES), :now, 200, '', '{}')
-- name: add
insert into setting (key, value) values (:key, :value)
-- name: count
select count(*) from setting where key like :key
