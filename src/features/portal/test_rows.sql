-- name: change_request
insert into change_request (id, application_id, body, due_at, asked_by, asked_at, answered_at, reminded_at)
values (:id, :application, 'Say who pays.', :due, 71, :asked, null, null)
-- name: answer
update change_request set answered_at = :now where id = :id
