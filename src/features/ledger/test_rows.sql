-- name: calls
select id, reason, amount from ledger_transfer where reserved is not null
-- What somebody with the database's password might do.
-- name: add_to_account
update ledger_account set credited = credited + 1 where id = :id
-- name: add_to_transfer
update ledger_transfer set amount = amount + 1 where id = :id
-- name: forget_transfer
delete from ledger_transfer where id = :id
-- name: turn_round
update ledger_transfer set reason = 1 where id = :id
-- name: take_from_limit
update ledger_limit set spent = spent + 1 where id = :id
