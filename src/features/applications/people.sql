-- The invited address only as long as it is theirs who answered: an invitation may have been passed on.
-- name: of_application
select m.id, m.relation, m.state, m.may_submit,
  case when m.email = '' or (m.state = 1 and not exists (select 1 from person_email h where h.person_id = m.person_id and h.email = m.email))
    then (select min(e.email) from person_email e where e.person_id = m.person_id) else m.email end, p.name,
  m.person_id, m.invited_at, m.expires_at, m.answered_at
from application_person m left join person p on p.id = m.person_id
where m.application_id = :application order by m.id limit 200

-- name: invitation
select m.id, m.relation, m.state, m.may_submit, m.email, null, m.person_id, m.invited_at, m.expires_at, m.answered_at,
  m.application_id, a.program, i.name, a.applicant_name
from application_person m join application a on a.id = m.application_id left join person i on i.id = m.invited_by
where m.id = :id and m.state = 0 and m.expires_at > :now and a.state not in (10, 12)

-- name: waiting_for
select id from application_person where email = :email and state = 0 and expires_at > :now order by id limit 50

-- name: name_owner
insert into application_person (id, application_id, person_id, relation, state, may_submit, email, invited_by, invited_at, expires_at,
  answered_at)
values (:id, :application, :person, 0, 1, 1, '', null, :now, :now, :now)

-- name: ask
insert into application_person (id, application_id, person_id, relation, state, may_submit, email, invited_by, invited_at, expires_at,
  answered_at)
values (:id, :application, null, :relation, 0, :may_submit, :email, :by, :now, :expires_at, null)

-- A newer one ends it.
-- name: replace
delete from application_person where application_id = :application and email = :email and state <> 1

-- name: take_back
delete from application_person where id = :id and application_id = :application and state <> 1

-- name: accept
update application_person set state = 1, person_id = :person, answered_at = :now where id = :id and state = 0

-- name: decline
update application_person set state = 2, person_id = :person, answered_at = :now where id = :id and state = 0

-- name: leave
delete from application_person where application_id = :application and person_id = :person and state = 1 and relation <> 0

-- name: remove
delete from application_person where id = :id and application_id = :application and state = 1 and relation <> 0

-- name: forget_seen
delete from application_seen where person_id = :person and application_id = :application

-- name: let_submit
update application_person set may_submit = :may_submit where id = :id and application_id = :application and state = 1 and relation = 1

-- name: step_back
update application_person set relation = 1, may_submit = 1 where application_id = :application and state = 1 and relation = 0

-- name: become_owner
update application_person set relation = 0, may_submit = 1 where id = :id and application_id = :application and state = 1 and relation = 1

-- The invited address where its person has verified that one, else another of theirs.
-- name: address_of
select email from person_email where person_id = :person order by case when email = :email then 0 else 1 end, email limit 1

-- name: invitations_sent
select count(*) from event where application_id = :application and kind = 'application_invited' and at > :since

-- name: invitations_by
select count(*) from event where actor_id = :person and kind = 'application_invited' and at > :since

-- name: asked_to
select count(*) from message where application_id = :application and template = 'application_invitation' and recipient = :email
  and created_at > :since

-- name: renew_link
update application set link_generation = :generation, link_hash = :link_hash where id = :id and link_generation = :generation - 1

-- name: readdress
update application set email = :email, version = version + 1, updated_at = :now where id = :id

-- name: readdress_copy
update draft set answers = :answers, version = version + 1 where application_id = :id

-- Nobody saves it meanwhile.
-- name: copy_of (sqlite)
select answers from draft where application_id = :id
-- name: copy_of (postgres)
select answers from draft where application_id = :id for update

-- Of mail that has not left, or may not have.
-- name: readdress_mail
update message set recipient = :email where application_id = :id and recipient = :before and state in (0, 3, 4, 5)

-- name: accepted_by
select application_id from application_person where id = :id and person_id = :person and state = 1

-- name: cancel_invitations
update message set state = 6 where application_id = :application and template = 'application_invitation' and recipient = :email
and state in (0, 5)

-- name: name_of
select p.name, (select min(e.email) from person_email e where e.person_id = p.id) from person p where p.id = :person
