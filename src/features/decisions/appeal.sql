-- name: of_application
select a.id, a.application_id, a.decision_id, d.decided_by, a.body, a.answer, a.made_at, a.state, a.decided_at
from appeal a join decision d on d.id = a.decision_id where a.application_id = :application

-- name: by_id
select a.id, a.application_id, a.decision_id, d.decided_by, a.body, a.answer, a.made_at, a.state, a.decided_at
from appeal a join decision d on d.id = a.decision_id where a.id = :id

-- name: make
insert into appeal (id, application_id, decision_id, program, body, made_at, state, answer, decided_by, decided_at)
values (:id, :application, :decision, :program, :body, :now, 0, '', null, null)
on conflict (application_id) do nothing

-- name: decide
update appeal set state = :state, answer = :answer, decided_by = :by, decided_at = :now where id = :id and state = 0
