-- name: take_lease
insert into lease (name, holder, until_at) values ('draft_expiry', :holder, :until)
on conflict (name) do update set holder = excluded.holder, until_at = excluded.until_at
where lease.until_at < :now

-- name: end_lease
delete from lease where name = 'draft_expiry' and holder = :holder

-- name: to_remind
select a.id from application a join draft d on d.application_id = a.id
where a.expires_at > :now and a.expires_at <= :soon and d.reminded_at is null and a.email <> ''
order by a.expires_at limit :limit

-- name: mark_reminded
update draft set reminded_at = :now where application_id = :id and reminded_at is null

-- name: to_expire
select a.id from application a where a.expires_at <= :now order by a.expires_at limit :limit

-- name: expire
update application set state = 12, version = version + 1, updated_at = :now, expires_at = null, applicant_name = '', email = '',
  institution = '', country = '', area = ''
where id = :id and state = 0 and expires_at <= :now

-- name: forget_emails
delete from application_email where application_id = :id

-- name: forget_people
delete from application_person where application_id = :id

-- name: forget_seen
delete from application_seen where application_id = :id
