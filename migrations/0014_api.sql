-- Programs that work in the name of whoever made their token (docs/api.md).
create table service_token (
  id ID not null primary key,
  hash BYTES not null unique,        -- SHA-256 of the token; the token itself was shown once
  program text not null,
  name text not null,                -- what it is for, in its maker's words
  scopes text not null,              -- names of web::Permission, with spaces between
  person_id ID not null references person (id),
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  revoked_by ID references person (id),
  used_at bigint                     -- to the hour
);
create index service_token_by_program on service_token (program, id);
create index service_token_by_person on service_token (person_id);

-- Changes that came with an Idempotency-Key, for a day. The answer holds nothing personal.
create table api_key (
  token_id ID not null references service_token (id),
  key BYTES not null,                -- SHA-256 of the key
  request BYTES not null,            -- SHA-256 of the request
  created_at bigint not null,
  status smallint not null,
  etag text not null,
  answer text not null,
  primary key (token_id, key)
) CLUSTERED;
create index api_key_by_time on api_key (created_at);
