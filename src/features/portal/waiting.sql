-- What an application told its people last, and up to where somebody has read it.
-- name: facts
select (select max(l.id) from letter l where l.application_id = :application and l.from_applicant = 0),
  (select max(d.id) from decision d where d.application_id = :application and d.state = 2),
  (select min(c.due_at) from change_request c where c.application_id = :application and c.answered_at is null),
  (select s.letter_id from application_seen s where s.person_id = :person and s.application_id = :application),
  (select s.decision_id from application_seen s where s.person_id = :person and s.application_id = :application)

-- name: see
insert into application_seen (person_id, application_id, letter_id, decision_id) values (:person, :application, :letter, :decision)
on conflict (person_id, application_id) do update set
  letter_id = case when excluded.letter_id > application_seen.letter_id then excluded.letter_id else application_seen.letter_id end,
  decision_id = case when excluded.decision_id > application_seen.decision_id then excluded.decision_id else application_seen.decision_id end
