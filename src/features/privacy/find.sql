-- name: by_reference
select id, state, reference from application where reference = :reference and queue_id is not null

-- name: person_of
select person_id from person_email where email = :email

-- name: emails_of
select email from person_email where person_id = :person order by email

-- name: roles_of
select count(*) from role_grant where person_id = :person

-- Where the row holds the address still; and those that the index job has not reached yet.
-- name: by_email
select a.id, a.state, a.reference, a.email from application_email e join application a on a.id = e.application_id
where e.email = :email order by a.id desc limit 1000

-- name: unindexed_by_email
select a.id, a.state, a.reference, a.email from search_backlog b join application a on a.queue_id = b.queue_id
where lower(a.email) = :email order by a.id desc limit 1000

-- name: owner_of
select person_id from application_person where application_id = :application and relation = 0 and state = 1

-- name: owned_by
select a.id, a.state, a.reference from application_person m join application a on a.id = m.application_id
where m.person_id = :person and m.relation = 0 and m.state = 1 order by a.id desc limit 1000
