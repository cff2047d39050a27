-- name: pending
select d.id, d.version, d.kind, d.criterion, p.name, d.decided_at, a.reference, a.applicant_name, r.value, r.currency
from decision d join application a on a.id = d.application_id join person p on p.id = d.decided_by
left join reading r on r.application_id = d.application_id and r.question = :question and r.kind = 1
where d.program = :program and d.state in (0, 1) and d.state = 0 order by d.id limit :limit

-- Whole units: a sum of nano-units could pass what an integer holds.
-- name: sums
select d.kind, coalesce(r.currency, ''), count(*), cast(coalesce(sum(r.value / 1000000000), 0) as bigint)
from decision d left join reading r on r.application_id = d.application_id and r.question = :question and r.kind = 1
where d.program = :program and d.state in (0, 1) and d.state = 0 group by d.kind, coalesce(r.currency, '')
order by d.kind, coalesce(r.currency, '')

-- name: first_of_kind
select application_id, kind, criterion, reason from decision
where program = :program and state in (0, 1) and state = 0 and kind = :kind order by id limit 1

-- name: releases
select r.id, r.state, r.created_at, r.leaves_at, r.total, p.name from decision_release r join person p on p.id = r.released_by
where r.program = :program order by r.id desc limit 20

-- name: release
select r.id, r.state, r.created_at, r.leaves_at, r.total, p.name from decision_release r join person p on p.id = r.released_by
where r.id = :id and r.program = :program

-- name: of_release
select d.id, d.version, d.kind, d.state, a.reference, a.applicant_name from decision d join application a on a.id = d.application_id
where d.release_id = :release order by d.id limit :limit

-- What is named, in this order; without an application: unknown here.
-- name: named (sqlite)
select one.value, a.id, a.state, a.applicant_name, r.value, r.currency,
  exists (select 1 from decision d where d.application_id = a.id and d.state in (0, 1))
from json_each(:references) one left join application a on a.reference = one.value and a.program = :program
left join reading r on r.application_id = a.id and r.question = :question and r.kind = 1
order by one.key
-- name: named (postgres)
select one.value, a.id, a.state, a.applicant_name, r.value, r.currency,
  exists (select 1 from decision d where d.application_id = a.id and d.state in (0, 1))
from json_array_elements_text(cast(:references as json)) with ordinality one(value, key)
left join application a on a.reference = one.value and a.program = :program
left join reading r on r.application_id = a.id and r.question = :question and r.kind = 1
order by one.key

-- name: pending_after
select d.id, d.version, d.kind, d.criterion, p.name, d.decided_at, a.reference, a.applicant_name, r.value, r.currency
from decision d join application a on a.id = d.application_id join person p on p.id = d.decided_by
left join reading r on r.application_id = d.application_id and r.question = :question and r.kind = 1
where d.program = :program and d.state in (0, 1) and d.state = 0 and d.id > :after order by d.id limit :limit
