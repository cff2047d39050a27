-- name: notes
select n.id, n.author, p.name, n.body, n.created_at, n.edited_at
from staff_note n join person p on p.id = n.author
where n.application_id = :id order by n.id desc limit 200

-- name: write_note
insert into staff_note (id, application_id, author, body, created_at, edited_at)
values (:id, :application, :author, :body, :now, null)

-- name: note
select author, created_at from staff_note where id = :id and application_id = :application

-- name: edit_note
update staff_note set body = :body, edited_at = :now where id = :id
