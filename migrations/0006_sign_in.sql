-- Ways in besides mail. Whoever has one proves more than who reads the mail (features/accounts/sessions.h).
create table passkey (
  id ID not null primary key,
  person_id ID not null references person (id),
  credential_id BYTES not null unique, -- as the browser names it
  algorithm smallint not null,         -- COSE: -7 ES256, -8 EdDSA, -257 RS256
  public_key BYTES not null,           -- as libfido2 keeps it for its algorithm
  sign_count bigint not null,          -- of the last use; going back means a copy
  name text not null,                  -- what its person calls it
  created_at bigint not null,
  used_at bigint
);
create index passkey_by_person on passkey (person_id);

create table password (
  person_id ID not null primary key references person (id),
  hash text not null,                  -- Argon2id with its parameters, as libsodium writes it
  changed_at bigint not null
);

-- An app that shows codes (RFC 6238). Its secret is made of the id and the installation's secret: no row holds it.
create table code_app (
  person_id ID not null primary key references person (id),
  id ID not null,
  created_at bigint not null,
  confirmed_at bigint,                 -- null: its first code was not typed yet
  last_step bigint not null            -- of the last code that was taken: no code twice
);

create table recovery_code (
  person_id ID not null references person (id),
  hash BYTES not null,
  used_at bigint,
  primary key (person_id, hash)
) CLUSTERED;

-- Who somebody is at an OpenID provider.
create table identity (
  issuer text not null,
  subject text not null,
  person_id ID not null references person (id),
  provider text not null,              -- its key in the configuration of the time
  created_at bigint not null,
  used_at bigint not null,
  primary key (issuer, subject)
) CLUSTERED;
create index identity_by_person on identity (person_id);

-- Something begun in one request and ended in another: a passkey's challenge, a second factor, a way to a provider and
-- back. Its secrets are made of its id: no row opens anything.
create table ceremony (
  id ID not null primary key,
  kind smallint not null,              -- features/accounts/ceremony.h
  person_id ID references person (id), -- null: nobody is known yet
  detail text not null,                -- what its kind keeps
  expires_at bigint not null,
  used_at bigint,
  attempts smallint not null
);
create index ceremony_by_age on ceremony (expires_at);

-- Failed attempts by what they were at, to slow guessing down without locking anybody out.
create table failed_attempt (
  key BYTES not null,
  at bigint not null,
  id ID not null,
  primary key (key, at, id)
) CLUSTERED;
create index failed_attempt_by_age on failed_attempt (at);

-- Somebody asked to work with us. Its link is made of its id.
create table invitation (
  id ID not null primary key,
  email text not null,                 -- in lower case
  program text not null,
  role smallint not null,              -- features/accounts/roles.h
  invited_by ID not null references person (id),
  created_at bigint not null,
  expires_at bigint not null,          -- when it was created: it was taken back
  used_at bigint
);
create index invitation_by_program on invitation (program, created_at);

alter table session add column id ID;                            -- names it in lists; null: from before it had one
alter table session add column method smallint not null default 0; -- features/accounts/sessions.h
alter table session add column proved_at bigint not null default 0; -- when its person last proved who they are
alter table session add column browser text not null default '';    -- "Firefox, Linux"
create unique index session_by_id on session (id);
