-- name: of_owner
select id from ledger_account where kind = :kind and owner = :owner and program = :program and currency = :currency

-- name: open
insert into ledger_account (id, kind, owner, program, currency, guarded, credited, debited, held, closed_at)
values (:id, :kind, :owner, :program, :currency, :guarded, 0, 0, 0, null)
on conflict (kind, owner, program, currency) do nothing

-- name: by_id
select id, kind, owner, program, currency, credited, debited, held, closed_at from ledger_account where id = :id

-- name: close
update ledger_account set closed_at = :at where id = :id

-- name: take
update ledger_account set debited = debited + :amount
where id = :id and (guarded = 0 or debited + held + :amount <= credited)

-- name: give
update ledger_account set credited = credited + :amount where id = :id
