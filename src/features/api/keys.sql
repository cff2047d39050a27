-- Idempotency-Keys of a day: what was answered to a change that came with one.

-- name: find
select request, status, etag, answer from api_key where token_id = :token and key = :key

-- The answer is put in when it is known, in the same transaction; a second request with this key waits for that.
-- name: take
insert into api_key (token_id, key, request, created_at, status, etag, answer)
values (:token, :key, :request, :now, 0, '', '')

-- name: keep
update api_key set status = :status, etag = :etag, answer = :answer where token_id = :token and key = :key

-- name: count
select count(*) from (select 1 from api_key where token_id = :token limit :most) as k

-- name: over
select token_id, key from api_key where created_at < :before order by created_at limit :limit

-- name: forget
delete from api_key where token_id = :token and key = :key
