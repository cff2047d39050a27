-- name: insert
insert into ledger_transfer (id, reason, debit, credit, amount, at, reserved, reserved_at, limit_1, limit_2, limit_3, about, by, request)
values (:id, :reason, :debit, :credit, :amount, :at, null, null, :limit_1, :limit_2, :limit_3, :about, :by, :request)
on conflict (request) where request is not null do nothing

-- name: of_request
select id, reason, debit, credit, amount from ledger_transfer where request = :request

-- name: by_id
select t.id, t.reason, t.debit, t.credit, t.amount, t.limit_1, t.limit_2, t.limit_3, a.owner, a.program, a.currency
from ledger_transfer t join ledger_account a on a.id = t.debit where t.id = :id

-- name: is_cleared
select id from ledger_transfer where about = :about and reason = 8

-- name: statement
select * from (
  select * from (
    select id, reason, debit, credit, amount, at, reserved, reserved_at, about, by from ledger_transfer
    where debit = :account and id < :before order by id desc limit :most) gone
  union all
  select * from (
    select id, reason, debit, credit, amount, at, reserved, reserved_at, about, by from ledger_transfer
    where credit = :account and id < :before and reserved is null order by id desc limit :most) come
) either order by id desc limit :most
