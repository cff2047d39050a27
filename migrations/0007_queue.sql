-- The queue: who has an application, what changed last, counts beside every filter, kept lists, and actions on many.

-- Null while nobody has it. A new application touches neither column nor index.
alter table application add column assignee ID references person (id);
create index application_by_assignee on application (assignee, queue_id) where assignee is not null;
-- The order by last change. New ones come to its end.
create index application_by_update on application (program, updated_at, queue_id) where queue_id is not null;

-- How many applications each facet's value has, by state; `within` pairs countries with areas. Written by the tally job alone.
create table tally (
  program text not null,
  facet smallint not null,           -- features/applications/tally.h
  within text not null,              -- of a country: an area; of an area: a country; '': every
  value text not null,
  state smallint not null,
  n bigint not null,
  primary key (program, facet, within, value, state)
) CLUSTERED;
insert into tally (program, facet, within, value, state, n)
select program, 0, '', '', state, count(*) from application where queue_id is not null group by program, state;
insert into tally (program, facet, within, value, state, n)
select program, 1, '', country, state, count(*) from application where queue_id is not null group by program, country, state;
insert into tally (program, facet, within, value, state, n)
select a.program, 1, r.area, a.country, a.state, count(*) from application_area r join application a on a.queue_id = r.queue_id
where a.country <> '' group by a.program, r.area, a.country, a.state;
insert into tally (program, facet, within, value, state, n)
select a.program, 2, '', r.area, a.state, count(*) from application_area r join application a on a.queue_id = r.queue_id
group by a.program, r.area, a.state;
insert into tally (program, facet, within, value, state, n)
select a.program, 2, a.country, r.area, a.state, count(*) from application_area r join application a on a.queue_id = r.queue_id
where a.country <> '' group by a.program, a.country, r.area, a.state;
insert into tally (program, facet, within, value, state, n)
select a.program, 3, '', cast(f.kind as text), a.state, count(*) from flag f join application a on a.id = f.application_id
where a.queue_id is not null group by a.program, f.kind, a.state;

-- What the tally does not hold yet: a row for each application that came in (n = 1) or went out (-1) of a place.
create table tally_change (
  id ID not null primary key,
  program text not null,
  state smallint not null,
  country text not null,
  areas text not null,               -- as in application
  flags bigint not null,
  assignee ID,
  n smallint not null
);

-- A list that somebody keeps: a query and how it is shown. It grants nothing: who opens it sees what they may.
create table saved_view (
  id ID not null primary key,
  program text not null,
  owner ID not null references person (id),
  name text not null,
  shared smallint not null,          -- 1: all staff of the program see it
  query text not null,
  columns text not null,             -- names with a space between; '': each reader's own
  created_at bigint not null
);
create index saved_view_by_program on saved_view (program, id);

-- How somebody wants their lists.
create table list_setting (
  person_id ID not null primary key references person (id),
  columns text not null,             -- names with a space between
  dense smallint not null            -- 1: more rows at a look
);

-- An action on many applications, and each of them with what became of it.
create table bulk (
  id ID not null primary key,
  program text not null,
  person_id ID not null references person (id),
  action text not null,
  argument text not null,
  query text not null,               -- what they were chosen by; '': one by one
  state smallint not null,           -- features/queue/bulk.h
  total bigint not null,
  next bigint not null,              -- the first row that is still to be done
  created_at bigint not null
);
create index bulk_unfinished on bulk (id) where state in (0, 2);
create table bulk_row (
  bulk_id ID not null references bulk (id),
  number bigint not null,
  application_id ID not null references application (id),
  seen smallint not null,            -- the state that was decided upon
  was bigint,                        -- what undoing brings back
  mark bigint,                       -- how the action left it: undone only where it still is so
  outcome smallint not null,         -- features/queue/bulk.h
  primary key (bulk_id, number)
) CLUSTERED;
