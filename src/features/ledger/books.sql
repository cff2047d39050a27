-- What a group of reservations and ends reads and writes.

-- name: end (sqlite)
delete from ledger_reservation where id in (select value from json_each(:ids))
returning id, debit, credit, amount, limit_1, limit_2, limit_3, at, note
-- name: end (postgres)
delete from ledger_reservation where id in (select cast(value as bigint) from json_array_elements_text(cast(:ids as json)))
returning id, debit, credit, amount, limit_1, limit_2, limit_3, at, note

-- name: accounts (sqlite)
select id, kind, owner, program, currency, credited, debited, held, closed_at from ledger_account
where id in (select value from json_each(:ids))
-- name: accounts (postgres)
select id, kind, owner, program, currency, credited, debited, held, closed_at from ledger_account
where id in (select cast(value as bigint) from json_array_elements_text(cast(:ids as json))) order by id for update

-- name: limits (sqlite)
select id, cap, period, period_cap, period_at, period_spent, spent, held, closed_at from ledger_limit
where id in (select value from json_each(:ids))
-- name: limits (postgres)
select id, cap, period, period_cap, period_at, period_spent, spent, held, closed_at from ledger_limit
where id in (select cast(value as bigint) from json_array_elements_text(cast(:ids as json))) order by id for update

-- name: set_account
update ledger_account set credited = :credited, debited = :debited, held = :held where id = :id

-- name: set_limit
update ledger_limit set period_at = :period_at, period_spent = :period_spent, spent = :spent, held = :held where id = :id

-- name: reserve
insert into ledger_reservation (id, run, debit, credit, amount, limit_1, limit_2, limit_3, at, note)
values (:id, :run, :debit, :credit, :amount, :limit_1, :limit_2, :limit_3, :at, :note)

-- name: charge
insert into ledger_transfer (id, reason, debit, credit, amount, at, reserved, reserved_at, limit_1, limit_2, limit_3, about, by, request)
values (:id, :reason, :debit, :credit, :amount, :at, :reserved, :reserved_at, :limit_1, :limit_2, :limit_3, null, null, null)
