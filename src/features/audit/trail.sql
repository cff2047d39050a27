-- Four ways to the same rows: by what narrows most. The id is the order and holds the time.

-- name: by_time
select e.id, e.application_id, e.kind, e.actor_kind, e.actor_id, e.at, e.detail, a.reference, p.name, s.number
from event e left join application a on a.id = e.application_id left join person p on p.id = e.actor_id
left join audit_seal s on s.event_id = e.id
where e.id < :before and e.id >= :lowest and e.at >= :from and e.at < :until and (:kind = '' or e.kind = :kind)
order by e.id desc limit :limit

-- For every kind but the one that the index leaves out.
-- name: by_kind
select e.id, e.application_id, e.kind, e.actor_kind, e.actor_id, e.at, e.detail, a.reference, p.name, s.number
from event e left join application a on a.id = e.application_id left join person p on p.id = e.actor_id
left join audit_seal s on s.event_id = e.id
where e.kind = :kind and e.kind <> 'submitted' and e.id < :before and e.id >= :lowest and e.at >= :from and e.at < :until
order by e.id desc limit :limit

-- name: by_person
select e.id, e.application_id, e.kind, e.actor_kind, e.actor_id, e.at, e.detail, a.reference, p.name, s.number
from event e left join application a on a.id = e.application_id left join person p on p.id = e.actor_id
left join audit_seal s on s.event_id = e.id
where e.actor_id = :person and e.id < :before and e.id >= :lowest and e.at >= :from and e.at < :until
  and (:kind = '' or e.kind = :kind)
order by e.id desc limit :limit

-- name: by_application
select e.id, e.application_id, e.kind, e.actor_kind, e.actor_id, e.at, e.detail, a.reference, p.name, s.number
from event e left join application a on a.id = e.application_id left join person p on p.id = e.actor_id
left join audit_seal s on s.event_id = e.id
where e.application_id = :application and e.id < :before and e.id >= :lowest and e.at >= :from and e.at < :until
  and (:kind = '' or e.kind = :kind) and (:person = 0 or e.actor_id = :person)
order by e.id desc limit :limit

-- name: application_of
select id from application where reference = :reference

-- name: person_of
select person_id from person_email where email = :email

-- name: name_of
select name from person where id = :id

-- name: staff_addresses
select distinct m.email, p.name from role_grant g join person p on p.id = g.person_id join person_email m on m.person_id = p.id
order by m.email limit 200
