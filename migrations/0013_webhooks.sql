-- Other people's programs that are told of events.

create table webhook (
  id ID not null primary key,
  program text not null,
  url text not null,
  kinds text not null,               -- names of features/webhooks/webhook_kind.h, between blanks
  created_by ID not null references person (id),
  created_at bigint not null,        -- what happened before is not told
  generation bigint not null,        -- of its secret, which no row holds
  earlier_until bigint,              -- until then the secret before signs as well
  failures bigint not null,          -- in a row
  wait_until bigint not null,        -- nothing is tried before
  delivered_at bigint,               -- when something last arrived
  paused_at bigint,
  paused_why smallint                -- 0 by staff, 1 gone, 2 nothing arrived for days, 3 too far behind
);
create index webhook_by_program on webhook (program, id);

-- One event for one of them.
create table webhook_delivery (
  id ID not null primary key,
  webhook_id ID not null references webhook (id),
  event_id ID not null,              -- no foreign key: a trial has none
  kind text not null,
  body text not null,                -- as it is signed
  created_at bigint not null,
  next_at bigint,                    -- null: it is over
  attempts bigint not null,
  state smallint not null,           -- 0 waits, 1 arrived, 2 given up
  status bigint,                     -- what the last attempt was answered
  detail text not null,              -- why the last attempt failed
  tried_at bigint
);
create unique index webhook_delivery_once on webhook_delivery (webhook_id, event_id);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at, id) where next_at is not null;
create index webhook_delivery_listed on webhook_delivery (webhook_id, id);
create index webhook_delivery_over on webhook_delivery (created_at) where next_at is null;

-- Up to which seal events became deliveries.
insert into setting (key, value) values ('webhooks_seal', '0');
