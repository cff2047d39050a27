-- name: begin
insert into ceremony (id, kind, person_id, detail, expires_at, used_at, attempts)
values (:id, :kind, :person, :detail, :expires_at, null, 0)

-- name: find
select person_id, detail from ceremony where id = :id and kind = :kind and used_at is null and expires_at > :now

-- One of many at once finds used_at null; the others wait for its commit and find it set.
-- name: end
update ceremony set used_at = :now where id = :id and kind = :kind and used_at is null and expires_at > :now

-- name: count_attempt
update ceremony set attempts = attempts + 1 where id = :id and used_at is null and expires_at > :now and attempts < :limit

-- name: forget_old
delete from ceremony where id in (select c.id from ceremony c where c.expires_at < :before order by c.expires_at limit 1000)
