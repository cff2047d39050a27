create sequence node_number;
create table application_text (
  queue_id bigint not null primary key,
  body tsvector not null
);
-- New words wait in a list of at most a megabyte, which a search reads too, and are put in by the batch: twice as fast as
-- one by one.
create index application_text_match on application_text using gin (body) with (fastupdate = on, gin_pending_list_limit = 1024);
