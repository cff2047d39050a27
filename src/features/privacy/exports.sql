-- name: person
select name, created_at from person where id = :id
-- name: addresses
select email, verified_at from person_email where person_id = :id order by email
-- name: passkeys
select name, created_at, used_at from passkey where person_id = :id order by created_at
-- name: identities
select issuer, subject, created_at, used_at from identity where person_id = :id order by created_at
-- name: sessions
select browser, created_at, seen_at from session where person_id = :id order by created_at

-- What they belong to, and what they are invited to by an address of theirs.
-- name: memberships
select a.reference, p.relation, p.state, p.may_submit, p.invited_at, p.answered_at
from application_person p join application a on a.id = p.application_id
where p.person_id = :id or (p.person_id is null and p.email in (select email from person_email where person_id = :id))
order by p.id

-- name: application
select program, state, reference, locale, applicant_name, email, institution, country, areas, created_at, updated_at, submitted_at
from application where id = :id
-- name: draft
select answers from draft where application_id = :id
-- name: submissions
select number, submitted_at, answers from submission where application_id = :id order by number
-- name: files
select id, question, token, name, media_type, size from file where application_id = :id order by id
-- name: pieces
select bytes from file_piece where file_id = :id order by number
-- name: letters
select from_applicant, body, written_at from letter where application_id = :id order by id
-- name: change_requests
select body, due_at, asked_at, answered_at from change_request where application_id = :id order by id
-- What was released alone: a decision is nobody's before.
-- name: decisions
select kind, criterion, reason, released_at from decision where application_id = :id and state = 2 order by id
-- name: appeals
select body, made_at, answer, decided_at from appeal where application_id = :id order by id
-- As its owner sees them.
-- name: people
select email, relation, state, may_submit, invited_at, answered_at from application_person
where application_id = :id and email <> '' order by id
-- What its people did, and what they were told of: of staff's own work nothing.
-- name: events
select kind, actor_kind, at from event where application_id = :id and kind in ('draft_started', 'draft_reminded',
  'draft_expired', 'submitted', 'changes_begun', 'changes_dropped', 'changes_reminded', 'resubmitted', 'withdrawn',
  'link_mailed', 'link_renewed', 'email_corrected', 'application_invited', 'application_invitation_ended',
  'application_joined', 'application_invitation_declined', 'application_left', 'application_person_removed',
  'submitting_allowed', 'submitting_ended', 'handed_over', 'letter_received', 'letter_written', 'appealed',
  'appeal_decided') order by id
