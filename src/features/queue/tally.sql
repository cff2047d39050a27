-- `states` and `facets`: numbers with commas between.
-- name: within (sqlite)
select facet, value, sum(n) from tally
where program = :program and within = :within and facet in (select value from json_each('[' || :facets || ']'))
  and state in (select value from json_each('[' || :states || ']'))
group by facet, value
-- PostgreSQL is made to look up each facet of each state: left to itself it reads those of every state.
-- name: within (postgres)
select t.facet, t.value, cast(sum(t.n) as bigint)
from (select cast(:program as text) as program, cast(:within as text) as within) k
cross join unnest(cast('{' || :facets || '}' as smallint[])) f(facet)
cross join unnest(cast('{' || :states || '}' as smallint[])) s(state)
cross join lateral (
  select x.facet, x.value, x.n from tally x
  where x.program = k.program and x.within = k.within and x.facet = f.facet and x.state = s.state offset 0
) t
group by t.facet, t.value

-- name: value
select state, n from tally where program = :program and facet = :facet and within = :within and value = :value

-- name: waiting
select state, country, areas, flags, coalesce(assignee, 0), n from tally_change where program = :program order by id limit :limit

-- name: take
delete from tally_change where id in (select id from tally_change order by id limit :limit)
returning program, state, country, areas, flags, coalesce(assignee, 0), n

-- name: add
insert into tally (program, facet, within, value, state, n) values (:program, :facet, :within, :value, :state, :n)
on conflict (program, facet, within, value, state) do update set n = tally.n + excluded.n

-- For the check: everything, and what it is counted from.
-- name: whole
select facet, within, value, state, n from tally where program = :program and n <> 0

-- name: programs
select distinct program from tally
union select distinct program from form_version

-- name: counted
select state, country, areas, flags, coalesce(assignee, 0), count(*) from application
where program = :program and queue_id is not null group by state, country, areas, flags, assignee

-- name: take_lease
insert into lease (name, holder, until_at) values ('tally', :holder, :until)
on conflict (name) do update set holder = excluded.holder, until_at = excluded.until_at
where lease.holder = excluded.holder or lease.until_at < :now
