-- name: start
insert into ledger_run (id, node, started_at, beats, over_at, cleared_at) values (:id, :node, :now, 0, null, null)

-- name: end_others
update ledger_run set over_at = :now where over_at is null and cleared_at is null and id <> :id

-- name: beat
update ledger_run set beats = beats + 1 where id = :id and over_at is null

-- name: end
update ledger_run set over_at = :now where id = :id and over_at is null

-- name: open
select id, beats from ledger_run where over_at is null and cleared_at is null order by id limit 1000

-- name: end_silent
update ledger_run set over_at = :now where id = :id and over_at is null and beats = :beats

-- name: to_clear
select id from ledger_run where over_at is not null and cleared_at is null order by id limit 100

-- name: left_by
select r.id, d.id from ledger_reservation r
join ledger_account a on a.id = r.debit
join ledger_account d on d.kind = 4 and d.owner = a.owner and d.program = a.program and d.currency = a.currency
where r.run = :run order by r.id limit :limit

-- name: cleared
update ledger_run set cleared_at = :now where id = :id and cleared_at is null
  and not exists (select 1 from ledger_reservation where run = :id)
