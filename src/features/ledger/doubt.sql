-- name: uncleared
select t.id, t.debit, t.amount, t.reserved_at, t.at from ledger_transfer t
where t.reason = 7 and t.id > :after and not exists (select 1 from ledger_transfer c where c.about = t.id and c.reason = 8)
order by t.id limit :most
