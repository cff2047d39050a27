-- name: rename
update person set name = :name where id = :id
