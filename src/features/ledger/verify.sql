-- What recomputes the ledger. Sums are told in whole units and the rest: one number could pass what an integer holds.

-- name: accounts
select id, kind, owner, program, currency, guarded, credited, debited, held from ledger_account order by id

-- name: gone
select debit, cast(sum(amount / 1000000000) as bigint), cast(sum(amount % 1000000000) as bigint), count(*)
from ledger_transfer group by debit

-- name: come
select credit, cast(sum(amount / 1000000000) as bigint), cast(sum(amount % 1000000000) as bigint)
from ledger_transfer group by credit

-- name: held
select debit, cast(sum(amount / 1000000000) as bigint), cast(sum(amount % 1000000000) as bigint), count(*)
from ledger_reservation group by debit

-- name: ways
select t.reason, d.kind, c.kind, min(t.id) from ledger_transfer t
join ledger_account d on d.id = t.debit join ledger_account c on c.id = t.credit
group by t.reason, d.kind, c.kind

-- name: strangers
select t.id from ledger_transfer t left join ledger_account d on d.id = t.debit left join ledger_account c on c.id = t.credit
where d.id is null or c.id is null or d.currency <> c.currency or d.program <> c.program
  or (t.reason in (4, 6, 7, 8, 9, 10) and d.owner <> c.owner)
limit 1

-- name: in_both
select r.id from ledger_reservation r join ledger_transfer t on t.id = r.id limit 1

-- name: above_reserved
select id from ledger_transfer where amount < 0 or (reserved is not null and amount > reserved)
  or (reason in (6, 7)) <> (reserved is not null) limit 1

-- name: orphans
select r.id from ledger_reservation r left join ledger_run u on u.id = r.run where u.id is null or u.cleared_at is not null limit 1

-- name: limits
select id, spent, held from ledger_limit order by id

-- name: limit_spent
select one, cast(sum(units) as bigint), cast(sum(rest) as bigint) from (
  select limit_1 as one, case when reason in (9, 10) then -(amount / 1000000000) else amount / 1000000000 end as units,
    case when reason in (9, 10) then -(amount % 1000000000) else amount % 1000000000 end as rest
  from ledger_transfer where limit_1 is not null and reason in (6, 7, 9, 10)
  union all
  select limit_2, case when reason in (9, 10) then -(amount / 1000000000) else amount / 1000000000 end,
    case when reason in (9, 10) then -(amount % 1000000000) else amount % 1000000000 end
  from ledger_transfer where limit_2 is not null and reason in (6, 7, 9, 10)
  union all
  select limit_3, case when reason in (9, 10) then -(amount / 1000000000) else amount / 1000000000 end,
    case when reason in (9, 10) then -(amount % 1000000000) else amount % 1000000000 end
  from ledger_transfer where limit_3 is not null and reason in (6, 7, 9, 10)
) each_of group by one

-- name: limit_held
select one, cast(sum(amount / 1000000000) as bigint), cast(sum(amount % 1000000000) as bigint) from (
  select limit_1 as one, amount from ledger_reservation where limit_1 is not null
  union all select limit_2, amount from ledger_reservation where limit_2 is not null
  union all select limit_3, amount from ledger_reservation where limit_3 is not null
) each_of group by one

-- name: doubts
select count(*) from ledger_transfer t
where t.reason = 7 and not exists (select 1 from ledger_transfer c where c.about = t.id and c.reason = 8)

-- Each award's account of doubts holds what is not cleared.
-- name: doubt_left
select credit, cast(sum(amount / 1000000000) as bigint), cast(sum(amount % 1000000000) as bigint) from ledger_transfer t
where t.reason = 7 and not exists (select 1 from ledger_transfer c where c.about = t.id and c.reason = 8)
group by credit
