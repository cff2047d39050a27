-- The partial index message_due serves these; `state in (0, 1)` stands first so that both databases see it.

-- name: due_messages
select id from message where state in (0, 1) and state = 0 and due_at <= :now order by due_at, id limit :limit

-- Codes and links that somebody waits for; the partial index message_awaited serves it.
-- name: awaited_messages
select id from message where template in ('sign_in', 'confirm_address') and state in (0, 1) and state = 0 and due_at <= :now
order by due_at, id limit :limit

-- name: claim_message
update message set state = 1, attempts = attempts + 1, lease_until = :lease_until where id = :id and state = 0

-- What became of a message that this node claimed: nobody else writes it while the lease is the same, but for the sweep
-- below, which leaves the lease in place, so that a slow sender's word still counts.
-- name: finish_message
update message set state = :state, due_at = :due_at, sent_at = :sent_at, problem = :problem
where id = :id and lease_until = :lease_until and state in (1, 4)

-- name: give_up_lost_messages
update message set state = 4, problem = :problem where state in (0, 1) and state = 1 and lease_until <= :now

-- name: count_waiting
select count(*) from (select 1 as one from message where state in (0, 1) limit :most) as waiting

-- name: oldest_due
select due_at from message where state in (0, 1) and state = 0 order by due_at, id limit 1
