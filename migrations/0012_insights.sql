-- Figures by day and month, added up from the sealed events by one job, so that no page of figures reads applications.
create table insight (
  program text not null,
  measure smallint not null,         -- features/insights/figures.h
  day bigint not null,               -- since 1970 in UTC; of a month: its first
  part text not null,                -- a step, an area or a country
  bucket bigint not null,            -- how long, or what became of it
  n bigint not null,
  primary key (program, measure, day, part, bucket)
) CLUSTERED;
-- The number of the last seal whose event is in it.
insert into setting (key, value) values ('insights_seal', '0');
