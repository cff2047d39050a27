-- Screening, decisions, appeals, and what is written to whom.

-- When it came to where it stands; null: it was never moved. What a step's clock runs from.
alter table application add column moved_at bigint;
update application set moved_at = updated_at where state not in (0, 1, 12);
create index application_by_step on application (program, state, moved_at) where moved_at is not null;

-- What staff tell each other about an application; its applicant never sees any.
create table staff_note (
  id ID not null primary key,
  application_id ID not null references application (id),
  author ID not null references person (id),
  body text not null,
  created_at bigint not null,
  edited_at bigint
);
create index staff_note_by_application on staff_note (application_id, id);

-- Who checked what about a person and an institution, and what came of it.
create table verification (
  id ID not null primary key,
  application_id ID not null references application (id),
  kind smallint not null,            -- features/screening/screening.h
  outcome smallint not null,         -- 0 confirmed, 1 doubtful, 2 refuted
  subject text not null,             -- what was looked at: an ORCID iD, a document's name
  remark text not null,
  checked_by ID references person (id), -- null: the program itself
  checked_at bigint not null
);
create index verification_by_application on verification (application_id, id);

-- Why an application waits, and until when. Goes when it goes on.
create table hold (
  application_id ID not null primary key references application (id),
  reason text not null,
  until_at bigint not null,
  back_to smallint not null,         -- the state that it came from and goes back to
  held_by ID not null references person (id),
  held_at bigint not null
);
create index hold_by_end on hold (until_at);

-- What an applicant is asked to change.
create table change_request (
  id ID not null primary key,
  application_id ID not null references application (id),
  body text not null,
  due_at bigint not null,            -- asked for; nothing happens by itself when it is over
  asked_by ID not null references person (id),
  asked_at bigint not null,
  answered_at bigint
);
create index change_request_by_application on change_request (application_id, id);

create table decision (
  id ID not null primary key,
  application_id ID not null references application (id),
  program text not null,
  kind smallint not null,            -- 0 award, 1 decline, 2 waitlist
  state smallint not null,           -- 0 pending, 1 leaving, 2 released, 3 undone, 4 overtaken
  version bigint not null,           -- counts changes; a stale one is a conflict
  was smallint not null,             -- the application's state before
  criterion text not null,           -- key of one of the program's criteria, or ''
  reason text not null,              -- to the applicant
  note text not null,                -- for staff
  decided_by ID not null references person (id),
  decided_at bigint not null,
  release_id ID,
  message_id ID,                     -- the held message that goes with its release
  released_at bigint
);
create unique index decision_open on decision (application_id) where state in (0, 1);
create index decision_by_application on decision (application_id, id);
create index decision_waiting on decision (program, state, id) where state in (0, 1);
create index decision_by_release on decision (release_id, id) where release_id is not null;

-- Decisions that leave together, a while after somebody said so.
create table decision_release (
  id ID not null primary key,
  program text not null,
  released_by ID not null references person (id),
  created_at bigint not null,
  leaves_at bigint not null,
  state smallint not null,           -- 0 held, 1 leaving, 2 done, 3 undone
  total bigint not null
);
create index decision_release_open on decision_release (leaves_at) where state in (0, 1);
create index decision_release_by_program on decision_release (program, id);

-- One an application, once.
create table appeal (
  id ID not null primary key,
  application_id ID not null references application (id),
  decision_id ID not null references decision (id),
  program text not null,
  body text not null,
  made_at bigint not null,
  state smallint not null,           -- 0 waits, 1 heard: decided anew, 2 turned down
  answer text not null,
  decided_by ID references person (id),
  decided_at bigint,
  unique (application_id)
);
create index appeal_waiting on appeal (program, id) where state = 0;

-- What applicant and staff write to each other.
create table letter (
  id ID not null primary key,
  application_id ID not null references application (id),
  from_applicant smallint not null,
  author ID references person (id),  -- null: whoever holds the application's link
  body text not null,
  written_at bigint not null,
  read_at bigint,                    -- by the other side
  message_id ID                      -- the mail that took it to the applicant
);
create index letter_by_application on letter (application_id, id);
create index letter_unread on letter (id) where from_applicant = 1 and read_at is null;

-- Messages that staff should look at; states 5 held and 6 cancelled are new.
create index message_by_state on message (state, id) where state in (3, 4, 5, 6);

-- Addresses that mail came back from.
create table address_trouble (
  email text not null primary key,   -- in lower case
  reason text not null,              -- the other server's words
  since bigint not null
);

-- Staff who want a daily digest.
create table digest_choice (
  person_id ID not null primary key references person (id),
  program text not null,
  locale text not null,
  sent_day bigint not null           -- the last day, since 1970, that one was made for
);
