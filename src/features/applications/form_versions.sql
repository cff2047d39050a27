-- name: find_by_hash
select id from form_version where program = :program and hash = :hash

-- name: keep
insert into form_version (id, program, hash, definition, created_at) values (:id, :program, :hash, :definition, :now)
on conflict (program, hash) do nothing

-- name: get
select definition, hash from form_version where id = :id
