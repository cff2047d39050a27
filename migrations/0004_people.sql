-- Somebody who signs in: an applicant, staff, or both. What staff are, role_grant tells.
create table person (
  id ID not null primary key,
  name text not null,                -- '' until it is told
  created_at bigint not null
);
insert into person (id, name, created_at) select id, name, created_at from staff;

create table role_grant (
  person_id ID not null references person (id),
  program text not null,             -- its slug; '*': every program
  role smallint not null,            -- features/accounts/roles.h
  granted_at bigint not null,
  granted_by ID references person (id), -- null: whoever sits at the server's terminal
  primary key (person_id, program, role)
) CLUSTERED;
insert into role_grant (person_id, program, role, granted_at, granted_by)
select id, '*', 0, created_at, null from staff where role = 'administrator';

-- A verified address alone: nothing belongs to a person by one that is not.
create table person_email (
  email text not null primary key,   -- as base/mail_address.h writes it, in lower case
  person_id ID not null references person (id),
  verified_at bigint not null
);
create index person_email_by_person on person_email (person_id);

-- Somebody asked to be let in by mail. Link and code are made of its id and the installation's secret: no row opens anything.
create table sign_in (
  id ID not null primary key,
  email text not null,
  created_at bigint not null,
  expires_at bigint not null,        -- when it was created: a newer one replaced it
  used_at bigint,
  attempts smallint not null         -- codes that were typed
);
create index sign_in_by_email on sign_in (email, created_at);
create index sign_in_by_age on sign_in (created_at);

-- Which applications give an address, so that its person finds them. Written beside a draft's saves and by the index job; an
-- address that was corrected leaves its old row, which the application no longer agrees with.
create table application_email (
  email text not null,               -- in lower case
  application_id ID not null references application (id),
  primary key (email, application_id)
) CLUSTERED;
create index application_email_by_application on application_email (application_id);
insert into application_email (email, application_id) select lower(email), id from application where email <> '';

drop table session;
create table session (
  hash BYTES not null primary key,   -- SHA-256 of the cookie's secret
  person_id ID not null references person (id),
  strength smallint not null,        -- features/accounts/sessions.h
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);
create index session_by_person on session (person_id);

drop table staff_link;
create table staff_link (
  hash BYTES not null primary key,   -- SHA-256 of the one-time link's secret
  person_id ID not null references person (id),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
drop table staff;
