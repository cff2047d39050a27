-- name: next_node (postgres)
select nextval('node_number')
-- name: next_node (sqlite)
select 0
