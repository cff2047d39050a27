-- The chain over the events (docs/formats/audit.md). An event is written with a row of audit_backlog; the seal job turns that row
-- into one of audit_seal, in the order in which it meets them.
create table audit_backlog (
  event_id ID not null primary key
);
insert into audit_backlog (event_id) select id from event;

create table audit_seal (
  number bigint not null primary key, -- 1, 2, 3 … without a gap
  event_id ID not null unique,        -- no foreign key: what is left of an event that somebody removed is its seal
  sealed_at bigint not null,
  hash BYTES not null                 -- SHA-256 over the one before and the event
);

-- The audit page's filters. What applicants write most is left out: it is found by time.
create index event_by_kind on event (kind, id) where kind <> 'submitted';
create index event_by_actor on event (actor_id, id) where actor_id is not null;
