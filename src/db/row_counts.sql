-- name: tables (sqlite)
select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name
-- name: tables (postgres)
select cast(tablename as text) from pg_tables where schemaname = current_schema() order by tablename
