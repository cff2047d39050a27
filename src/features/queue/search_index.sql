-- name: waiting
select queue_id, since from search_backlog order by queue_id limit :limit

-- name: waiting_figures
select count(*), min(since) from (select since from search_backlog order by queue_id limit 100000) b

-- name: source
select a.id, a.program, a.reference, a.country, a.form_version, a.applicant_name, a.institution, a.email, s.answers from application a
join submission s on s.application_id = a.id
where a.queue_id = :queue_id order by s.number desc limit 1

-- name: forget (sqlite)
delete from application_text where rowid = :queue_id
-- name: forget (postgres)
delete from application_text where queue_id = :queue_id

-- name: remember (sqlite)
insert into application_text (rowid, body, facets) values (:queue_id, :body, :facets)
-- name: remember (postgres)
insert into application_text (queue_id, body) values (:queue_id, cast(:body as tsvector) || cast(:facets as tsvector))

-- What changed after it was read for the index waits on.
-- name: done
delete from search_backlog where queue_id = :queue_id and since = :since

-- name: take_lease
insert into lease (name, holder, until_at) values (:name, :holder, :until)
on conflict (name) do update set holder = excluded.holder, until_at = excluded.until_at
where lease.holder = excluded.holder or lease.until_at < :now

-- name: similar
select b.application_id from similarity_band b where b.band = :band and b.value = :value and b.application_id <> :application_id
order by b.application_id desc limit 3

-- name: keep_band
insert into similarity_band (band, value, application_id) values (:band, :value, :application_id)
on conflict (band, value, application_id) do nothing

-- name: answers_of
select a.reference, s.answers from application a join submission s on s.application_id = a.id
where a.id = :application_id order by s.number desc limit 1

-- name: add_flag
insert into flag (application_id, kind, queue_id, detail, created_at) values (:application_id, :kind, :queue_id, :detail, :now)
on conflict (application_id, kind) do nothing

-- name: set_flag_bit
update application set flags = flags | :bit where id = :application_id and (flags & :bit) = 0
