-- name: add
insert into ledger_limit (id, cap, period, period_cap, period_at, period_spent, spent, held, closed_at)
values (:id, :cap, :period, :period_cap, :period_at, 0, 0, 0, null)

-- name: by_id
select id, cap, period, period_cap, period_at, period_spent, spent, held, closed_at from ledger_limit where id = :id

-- The period's own sum begins anew with another kind of period.
-- name: change
update ledger_limit set cap = :cap, period_cap = :period_cap,
  period_spent = case when period = :period then period_spent else 0 end,
  period_at = case when period = :period then period_at else :period_at end,
  period = :period
where id = :id

-- name: close
update ledger_limit set closed_at = :at where id = :id

-- name: give_back
update ledger_limit set spent = spent - :amount, period_spent = case when period_spent > :amount then period_spent - :amount else 0 end
where id = :id
