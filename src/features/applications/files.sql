-- name: keep
insert into file (id, application_id, question, token, name, media_type, size, sha256, created_at)
values (:id, :application_id, :question, :token, :name, :media_type, :size, :sha256, :now)

-- name: keep_piece
insert into file_piece (file_id, number, bytes) values (:file_id, :number, :bytes)

-- name: list
select id, token from file where application_id = :application_id

-- name: find
select id, question, name, media_type, size from file where application_id = :application_id and token = :token

-- name: pieces
select bytes from file_piece where file_id = :file_id order by number

-- name: drop_pieces
delete from file_piece where file_id = :file_id

-- name: drop
delete from file where id = :file_id
