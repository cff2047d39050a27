-- An application that came in is changed on a working copy beside it, a row of draft like that of one that has not come in
-- yet. Its saves are counted by themselves, so that what staff do to the application meanwhile is no conflict.
alter table draft add column version bigint not null default 0; -- of a working copy
