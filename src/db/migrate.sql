-- name: table_exists (sqlite)
select count(*) from sqlite_schema where type = 'table' and name = 'migration'
-- name: table_exists (postgres)
select cast(count(*) as bigint) from pg_catalog.pg_class where oid = to_regclass('migration')

-- name: make_table
create table if not exists migration (
  number bigint not null primary key,
  name text not null,
  sha256 text not null,
  applied_at bigint not null
)

-- name: applied
select number, name, sha256 from migration order by number

-- name: note (sqlite)
insert into migration (number, name, sha256, applied_at)
values (:number, :name, :sha256, cast(strftime('%s', 'now') as integer) * 1000000)
-- name: note (postgres)
insert into migration (number, name, sha256, applied_at)
values (:number, :name, :sha256, cast(extract(epoch from clock_timestamp()) * 1000000 as bigint))

-- name: no_time_limit (sqlite)
select 1
-- name: no_time_limit (postgres)
select set_config('statement_timeout', '0', true)
