create sequence node_number;
create table application_text (
  queue_id bigint not null primary key,
  body tsvector not null
);
create index application_text_match on application_text using gin (body) with (fastupdate = off);
