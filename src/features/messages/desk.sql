-- name: send_again
update message set state = 0, attempts = 0, due_at = :now, lease_until = null, problem = '' where id = :id and state in (3, 4)

-- name: cancel
update message set state = 6 where id = :id and state = 0

-- name: facts
select application_id, state, recipient from message where id = :id

-- name: drop_trouble
delete from address_trouble where email = :email

-- name: trouble
select reason from address_trouble where email = :email

-- name: keep_trouble
insert into address_trouble (email, reason, since) values (:email, :reason, :now)
on conflict (email) do update set reason = excluded.reason, since = excluded.since

-- What was handed over, or was just about to be handed over again.
-- name: came_back
update message set state = 3, problem = :problem where id = :id and state in (0, 2, 4)

-- name: letters
select l.id, l.from_applicant, coalesce(nullif(p.name, ''), (select min(e.email) from person_email e where e.person_id = l.author), ''), l.body, l.written_at, l.read_at, l.message_id, l.author
from letter l left join person p on p.id = l.author
where l.application_id = :application order by l.id limit 500

-- name: write_letter
insert into letter (id, application_id, from_applicant, author, body, written_at, read_at, message_id)
values (:id, :application, :from_applicant, :author, :body, :now, null, :message)

-- name: mark_read
update letter set read_at = :now where application_id = :application and from_applicant = :from_applicant and read_at is null
  and id <= :shown

-- name: has_digest
select program from digest_choice where person_id = :person

-- name: choose_digest
insert into digest_choice (person_id, program, locale, sent_day) values (:person, :program, :locale, :day)
on conflict (person_id) do update set program = excluded.program, locale = excluded.locale

-- name: end_digest
delete from digest_choice where person_id = :person

-- A role that sees the queue: administrator, coordinator, auditor.
-- name: digest_due
select d.person_id, d.locale, min(e.email) from digest_choice d join person_email e on e.person_id = d.person_id
where d.program = :program and d.sent_day < :day and exists
  (select 1 from role_grant g where g.person_id = d.person_id and g.program in ('*', d.program) and g.role in (0, 1, 4))
group by d.person_id, d.locale limit 100

-- name: digest_made
update digest_choice set sent_day = :day where person_id = :person and sent_day < :day

-- name: count_state
select count(*) from (select 1 as one from application where program = :program and state = :state limit 10001) as counted

-- name: count_decisions
select count(*) from (select 1 as one from decision where program = :program and state in (0, 1) and state = 0 limit 10001) as counted

-- name: count_appeals
select count(*) from (select 1 as one from appeal where program = :program and state = 0 limit 10001) as counted

-- name: count_letters
select count(*) from (select 1 as one from letter where from_applicant = 1 and read_at is null limit 10001) as counted

-- name: count_messages
select count(*) from (select 1 as one from message where state in (3, 4, 5, 6) and state = :state limit 1001) as counted
