-- name: correct
update application set email = :email, version = version + 1, updated_at = :now where id = :id

-- The index holds the address too.
-- name: index_again
insert into search_backlog (queue_id, since) values (:queue_id, :now) on conflict (queue_id) do update set since = excluded.since

-- name: mails_sent
select count(*) from event where application_id = :id and kind in ('email_corrected', 'link_mailed') and at > :since
