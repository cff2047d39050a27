-- The ledger (docs/formats/ledger.md). Amounts are nano-units of the account's currency.

create table ledger_account (
  id ID not null primary key,
  kind smallint not null,            -- features/ledger/account.h
  owner ID not null,                 -- the pool, the award; of a sponsor's: 0
  program text not null,
  currency text not null,            -- ISO 4217
  guarded smallint not null,         -- 1: gives no more than it has
  credited bigint not null,
  debited bigint not null,
  held bigint not null,              -- reserved, neither gone nor free
  closed_at bigint,                  -- reserves nothing from then on; null: open
  check (credited >= 0 and debited >= 0 and held >= 0),
  check (guarded = 0 or debited + held <= credited)
);
create unique index ledger_account_of on ledger_account (kind, owner, program, currency);

-- Never changed. One that ended a reservation has its id.
create table ledger_transfer (
  id ID not null primary key,
  reason smallint not null,          -- features/ledger/transfer.h
  debit ID not null references ledger_account (id),  -- from
  credit ID not null references ledger_account (id), -- to
  amount bigint not null,
  at bigint not null,
  reserved bigint,                   -- what was reserved for it; null: nothing was
  reserved_at bigint,
  limit_1 ID,                        -- that it counts against
  limit_2 ID,
  limit_3 ID,
  about ID,                          -- what it corrects or carries out: a transfer, a tranche
  by ID,                             -- the person; null: the program itself
  request text,                      -- asked for under this key; null: none
  check (amount >= 0 and debit <> credit),
  check (reserved is null or amount <= reserved)
);
create index ledger_transfer_from on ledger_transfer (debit, id);
create index ledger_transfer_to on ledger_transfer (credit, id) where reserved is null;
create unique index ledger_transfer_request on ledger_transfer (request) where request is not null;
-- A tranche is released once, a doubt is cleared once.
create unique index ledger_transfer_about on ledger_transfer (about, reason) where about is not null and reason in (4, 8, 9);
create index ledger_transfer_doubted on ledger_transfer (id) where reason = 7;

-- What is in flight now. Gone when it ended.
create table ledger_reservation (
  id ID not null primary key,
  run ID not null,
  debit ID not null,
  credit ID not null,
  amount bigint not null,
  limit_1 ID,
  limit_2 ID,
  limit_3 ID,
  at bigint not null,
  note text not null,                -- what its maker keeps with it, told to whoever ends it
  check (amount > 0)
);

-- What somebody, or a key, may spend of an account.
create table ledger_limit (
  id ID not null primary key,
  cap bigint,                        -- for ever; null: none
  period smallint not null,          -- 0 none, 1 day, 2 month
  period_cap bigint,                 -- null: none
  period_at bigint not null,         -- when the period that period_spent counts began
  period_spent bigint not null,
  spent bigint not null,
  held bigint not null,
  closed_at bigint,                  -- reserves nothing from then on; null: open
  check (spent >= 0 and held >= 0 and period_spent >= 0)
);

-- Each start of a process that reserves.
create table ledger_run (
  id ID not null primary key,
  node text not null,
  started_at bigint not null,
  beats bigint not null,             -- counted by each of its transactions
  over_at bigint,                    -- from then on it can commit nothing; null: it runs
  cleared_at bigint                  -- nothing that it reserved is open since; null: not looked at
);
create index ledger_run_open on ledger_run (id) where cleared_at is null;
