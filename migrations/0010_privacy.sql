-- Who and what was erased, by id: a copy of the database from before is told it again (docs/privacy.md). Numbered, so that whoever
-- read something and writes it later sees that an erasure came between.
create table erasure (
  number bigint not null primary key, -- 1, 2, 3 …
  subject smallint not null,          -- 0 an application, 1 a person
  subject_id ID not null,
  erased_at bigint not null,
  why smallint not null,              -- 0 they asked, 1 by staff, 2 the program's retention, 3 known from another copy
  unique (subject, subject_id)
);

-- Mail to somebody, about no application.
create index message_by_recipient on message (lower(recipient)) where application_id is null;
