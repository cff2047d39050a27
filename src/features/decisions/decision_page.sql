-- What is next to be decided: in review, in the queue's order.
-- name: next_in_review
select id, reference from application where program = :program and state = 3 order by queue_id limit 2

-- name: leaves_at
select leaves_at from decision_release where id = :id

-- name: money
select value, currency from reading where application_id = :id and question = :question and kind = 1
