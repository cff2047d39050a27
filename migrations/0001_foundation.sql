-- Words in capitals that differ by database (tools/compile_sql.py): ID (64-bit key), BYTES, CLUSTERED (a table stored in
-- the order of its key). Instants are BIGINT microseconds since 1970 UTC. Codes are SMALLINT; docs/schema.md names them.

create table setting (
  key text not null primary key,
  value text not null
);

-- Every form that an application was ever made with. Immutable.
create table form_version (
  id ID not null primary key,
  program text not null,
  hash text not null,
  definition text not null,          -- canonical JSON
  created_at bigint not null,
  unique (program, hash)
);

-- One row from the first saved word to the end. Narrow: what a list shows, filters and sorts by.
create table application (
  id ID not null primary key,
  program text not null,
  state smallint not null,           -- 0 draft, 1 submitted, … (features/applications/state.h)
  reference text,                    -- "RA-7K3M-Q9XT5"; null while a draft
  link_hash BYTES not null,          -- SHA-256 of the private link's secret
  form_version ID not null references form_version (id),
  locale text not null,
  applicant_name text not null,
  email text not null,
  institution text not null,
  country text not null,             -- ISO code or ''
  area text not null,                -- the first chosen area or ''; all of them in application_area
  flags bigint not null,             -- bit set; features/applications/flag.h
  version bigint not null,           -- counts saves; a stale one is a conflict
  created_at bigint not null,
  updated_at bigint not null,
  submitted_at bigint,               -- null while a draft
  queue_id ID,                       -- an id of its own, taken when submitted: the queue's order (a draft may be months
                                     -- old when it comes in) and the key of the full text; null while a draft
  expires_at bigint,                 -- drafts only
  unique (reference)
);
create unique index application_by_queue on application (queue_id);
create index application_by_state on application (program, state, queue_id);
create index application_by_country on application (program, country, state, queue_id);
create index application_draft_expiry on application (expires_at) where expires_at is not null;

-- One row for each chosen area.
create table application_area (
  program text not null,
  area text not null,
  state smallint not null,
  queue_id ID not null,              -- of the application
  primary key (program, area, state, queue_id)
) CLUSTERED;

-- A draft's working copy; gone when it is submitted.
create table draft (
  application_id ID not null primary key references application (id),
  answers text not null,             -- JSON, as typed
  reminded_at bigint
);

-- What was submitted, each time. Immutable: the receipt signs its digest.
create table submission (
  application_id ID not null references application (id),
  number smallint not null,          -- 1, 2 after a return, …
  form_version ID not null references form_version (id),
  submitted_at bigint not null,
  answers text not null,             -- JSON, as typed
  salt BYTES not null,               -- 16 random bytes: without them the digest tells nothing about the answers
  digest BYTES not null,             -- SHA-256, docs/formats/receipt.md
  primary key (application_id, number)
);                                   -- not clustered: SQLite's clustered tables move long rows to overflow pages

-- The same post twice is one application: the hash of a key from the page, or of what was sent, unique until it is
-- forgotten (a day later). Its row is the first of its transaction, before the application it names: no foreign key.
create table submission_key (
  key BYTES not null primary key,
  day bigint not null,               -- since 1970
  application_id ID not null
) CLUSTERED;
create index submission_key_by_day on submission_key (day);

-- What was read with certainty out of what was typed.
create table reading (
  application_id ID not null references application (id),
  question text not null,
  kind smallint not null,            -- 0 months × 1000, 1 money in nano-units, 2 number × 1000
  value bigint not null,
  currency text not null,
  primary key (application_id, question)
) CLUSTERED;

-- Who did what to an application, in order. Append-only.
create table event (
  id ID not null primary key,
  application_id ID references application (id),
  kind text not null,                -- "submitted", "draft_saved", "exported" …
  actor_kind smallint not null,      -- 0 applicant, 1 staff, 2 the program itself
  actor_id ID,
  at bigint not null,
  detail text not null               -- JSON object
);
create index event_by_application on event (application_id, id);

-- Mail, from the moment it is decided to the moment it left.
create table message (
  id ID not null primary key,
  application_id ID references application (id),
  template text not null,
  locale text not null,
  recipient text not null,
  placeholders text not null,        -- JSON object: the values; the text is made when it is sent and when it is shown
  message_id text not null,          -- RFC 5322, fixed here so that a retry is the same message
  state smallint not null,           -- 0 waiting, 1 sending, 2 sent, 3 failed, 4 maybe sent
  attempts smallint not null,
  due_at bigint not null,
  lease_until bigint,
  created_at bigint not null,
  sent_at bigint,
  problem text not null              -- the last refusal, for staff
);
create index message_due on message (due_at, id) where state in (0, 1);
create index message_by_application on message (application_id, id);

-- Uploads, in pieces, inside the transaction that names them.
create table file (
  id ID not null primary key,
  application_id ID not null references application (id),
  question text not null,
  token text not null,               -- names it inside its application
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 BYTES not null,
  created_at bigint not null
);
create index file_by_application on file (application_id, id);
create table file_piece (
  file_id ID not null references file (id),
  number bigint not null,
  bytes BYTES not null,
  primary key (file_id, number)
);

-- Submissions that the index job has not reached yet.
create table search_backlog (
  queue_id ID not null primary key,  -- of the application
  since bigint not null              -- when it was submitted or changed
);

-- MinHash bands (near duplicates), written by the same job.
create table similarity_band (
  band smallint not null,
  value bigint not null,
  application_id ID not null,
  primary key (band, value, application_id)
) CLUSTERED;

create table flag (
  application_id ID not null references application (id),
  kind smallint not null,            -- features/applications/flag.h
  queue_id ID not null,              -- of the application
  detail text not null,              -- JSON object
  created_at bigint not null,
  primary key (application_id, kind)
) CLUSTERED;
create index flag_by_kind on flag (kind, queue_id);

create table staff (
  id ID not null primary key,
  name text not null,
  role text not null,                -- "administrator" until the next migration gives roles their table
  created_at bigint not null
);
create table staff_link (
  hash BYTES not null primary key,   -- SHA-256 of the one-time link's secret
  staff_id ID not null references staff (id),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create table session (
  hash BYTES not null primary key,   -- SHA-256 of the cookie's secret
  staff_id ID not null references staff (id),
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);

-- Work that must happen once in a while by one node alone.
create table lease (
  name text not null primary key,
  holder text not null,
  until_at bigint not null
);
