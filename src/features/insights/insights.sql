-- name: folded
select value from setting where key = 'insights_seal'

-- Who folds at the same time finds another number here, and writes nothing.
-- name: fold_to
update setting set value = cast(:seal as text) where key = 'insights_seal' and value = cast(:before as text)

-- name: sealed
select s.number, e.id, e.kind, e.at, e.detail, e.application_id, a.program, a.country, a.areas, a.created_at, a.submitted_at
from audit_seal s left join event e on e.id = s.event_id left join application a on a.id = e.application_id
where s.number > :after order by s.number limit :limit

-- name: earlier
select kind, at, detail from event where application_id = :application and id < :event order by id

-- name: add
insert into insight (program, measure, day, part, bucket, n)
values (:program, :measure, :day, :part, :bucket, :n)
on conflict (program, measure, day, part, bucket) do update set n = insight.n + excluded.n

-- name: forget_recent
delete from insight where program = :program and measure = 4

-- name: recent
select bucket, n from insight where program = :program and measure = 4

-- name: by_part
select part, bucket, cast(sum(n) as bigint) from insight
where program = :program and measure = :measure and day >= :from and day < :until group by part, bucket order by part, bucket

-- name: by_day
select part, day, cast(sum(n) as bigint) from insight
where program = :program and measure = :measure and day >= :from and day < :until group by part, day order by day, part

-- name: spans
select day, bucket, n from insight
where program = :program and measure = 1 and day >= :from and day < :until and part = :part order by day, bucket

-- name: first_day
select day from insight where program = :program and measure = 0 order by day limit 1

-- Where everything stands, from the queue's counts; what they do not hold yet comes beside them.
-- name: standing
select facet, value, state, n from tally where program = :program and facet = 0 and within = ''
union all
select facet, value, state, n from tally where program = :program and facet = 4 and within = ''

-- name: standing_waiting
select state, assignee, n from tally_change where program = :program order by id limit :limit

-- name: name
select name from person where id = :person
