-- A row in every table that holds something personal, for the tests of this folder alone.

-- name: person
insert into person (id, name, created_at) values (:id, :name, 0)
-- name: person_email
insert into person_email (email, person_id, verified_at) values (:email, :person, 0)
-- name: role
insert into role_grant (person_id, program, role, granted_at, granted_by) values (:person, '*', 0, 0, null)
-- name: drop_roles
delete from role_grant where person_id = :person
-- name: sign_in
insert into sign_in (id, email, created_at, expires_at, used_at, attempts) values (:id, :email, 0, 0, null, 0)
-- name: staff_link
insert into staff_link (hash, person_id, created_at, expires_at, used_at) values (:hash, :person, 0, 0, null)
-- name: passkey
insert into passkey (id, person_id, credential_id, algorithm, public_key, sign_count, name, created_at, used_at)
values (:id, :person, :credential, -7, cast('' as BYTES), 0, :name, 0, null)
-- name: password
insert into password (person_id, hash, changed_at) values (:person, :hash, 0)
-- name: code_app
insert into code_app (person_id, id, created_at, confirmed_at, last_step) values (:person, :id, 0, null, 0)
-- name: recovery_code
insert into recovery_code (person_id, hash, used_at) values (:person, :hash, null)
-- name: identity
insert into identity (issuer, subject, person_id, provider, created_at, used_at) values ('https://id.example', :subject, :person, 'id', 0, 0)
-- name: ceremony
insert into ceremony (id, kind, person_id, detail, expires_at, used_at, attempts) values (:id, 0, :person, :detail, 0, null, 0)
-- name: invitation
insert into invitation (id, email, program, role, invited_by, created_at, expires_at, used_at) values (:id, :email, '*', 0, :by, 0, 0, null)
-- name: session
insert into session (hash, person_id, strength, created_at, seen_at, expires_at, id, method, proved_at, browser)
values (:hash, :person, 0, 0, 0, 0, :id, 0, 0, :browser)
-- name: list_setting
insert into list_setting (person_id, columns, dense) values (:person, '', 0)
-- name: service_token
insert into service_token (id, hash, program, name, scopes, person_id, created_at, expires_at, revoked_at, revoked_by, used_at)
values (:id, :hash, '*', :name, 'read_applications', :person, 0, 0, null, null, null)
-- name: digest_choice
insert into digest_choice (person_id, program, locale, sent_day) values (:person, '*', 'en', 0)
-- name: saved_view
insert into saved_view (id, program, owner, name, shared, query, columns, created_at) values (:id, '*', :owner, 'a list', 1, :query, '', 0)
-- name: bulk
insert into bulk (id, program, person_id, action, argument, query, state, total, next, created_at)
values (:id, '*', :person, 'assign', '', :query, 1, 0, 0, 0)
-- name: address_trouble
insert into address_trouble (email, reason, since) values (:email, :reason, 0)
-- name: mail_to
insert into message (id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at, lease_until,
  created_at, sent_at, problem)
values (:id, null, 'sign_in', 'en', :recipient, :placeholders, :message_id, 2, 1, 0, null, 0, 0, :problem)

-- name: file
insert into file (id, application_id, question, token, name, media_type, size, sha256, created_at)
values (:id, :application, 'cv', 'token', :name, 'application/pdf', 1, cast('' as BYTES), 0)
-- name: file_piece
insert into file_piece (file_id, number, bytes) values (:file, 0, :bytes)
-- name: staff_note
insert into staff_note (id, application_id, author, body, created_at, edited_at) values (:id, :application, :author, :body, 0, null)
-- name: verification
insert into verification (id, application_id, kind, outcome, subject, remark, checked_by, checked_at)
values (:id, :application, 0, 0, :subject, :remark, :by, 0)
-- name: hold
insert into hold (application_id, reason, until_at, back_to, held_by, held_at) values (:application, :reason, 0, 1, :by, 0)
-- name: change_request
insert into change_request (id, application_id, body, due_at, asked_by, asked_at, answered_at)
values (:id, :application, :body, 0, :by, 0, null)
-- name: decision
insert into decision (id, application_id, program, kind, state, version, was, criterion, reason, note, decided_by, decided_at,
  release_id, message_id, released_at)
values (:id, :application, '*', 1, 0, 1, 1, '', :reason, :note, :by, 0, null, null, null)
-- name: appeal
insert into appeal (id, application_id, decision_id, program, body, made_at, state, answer, decided_by, decided_at)
values (:id, :application, :decision, '*', :body, 0, 0, :answer, null, null)
-- name: application_person
insert into application_person (id, application_id, person_id, relation, state, may_submit, email, invited_by, invited_at, expires_at, answered_at)
values (:id, :application, null, 1, 0, 0, :email, null, 0, 0, null)
-- name: membership
insert into application_person (id, application_id, person_id, relation, state, may_submit, email, invited_by, invited_at, expires_at, answered_at)
values (:id, :application, :person, 1, 1, 0, :email, null, 0, 0, 0)
-- name: declined
insert into application_person (id, application_id, person_id, relation, state, may_submit, email, invited_by, invited_at, expires_at, answered_at)
values (:id, :application, null, 1, 2, 0, :email, null, 0, 0, 0)
-- name: invited_by_mail
update message set template = 'application_invitation', recipient = :email where application_id = :application
-- name: application_seen
insert into application_seen (person_id, application_id, letter_id, decision_id) values (:person, :application, 0, 0)
-- name: letter
insert into letter (id, application_id, from_applicant, author, body, written_at, read_at, message_id)
values (:id, :application, 1, null, :body, 0, null, null)
-- name: flag
insert into flag (application_id, kind, queue_id, detail, created_at) values (:application, 0, 1, :detail, 0)

-- name: state_of
select state, reference, submitted_at, queue_id, country from application where id = :id
-- name: events_of
select kind, detail from event where application_id = :id order by id
-- name: tally
select coalesce(sum(n), 0) from tally_change
-- name: decision_state
select state from decision where application_id = :id
