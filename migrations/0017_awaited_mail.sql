-- Mail that somebody sits before a page for: it leaves before what waits in a row. The templates stand in outbox.sql.
create index message_awaited on message (due_at, id) where state in (0, 1) and template in ('sign_in', 'confirm_address');
