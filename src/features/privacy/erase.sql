-- First of all: whoever saves, moves or corrects it meanwhile waits for us and then meets another version.
-- name: lock
update application set version = version + 1, updated_at = :now where id = :id

-- name: application
select state, areas, queue_id, program, email, applicant_name from application where id = :id

-- name: empty_application
update application set applicant_name = '', email = '', institution = '', country = '', link_hash = cast('' as BYTES),
  expires_at = null, assignee = null, queue_id = null, moved_at = null
where id = :id

-- name: drop_area
delete from application_area where program = :program and area = :area and state = :state and queue_id = :queue_id
-- name: drop_draft
delete from draft where application_id = :id
-- name: drop_submissions
delete from submission where application_id = :id
-- name: drop_readings
delete from reading where application_id = :id
-- name: drop_messages
delete from message where application_id = :id
-- name: drop_pieces
delete from file_piece where file_id in (select id from file where application_id = :id)
-- name: drop_files
delete from file where application_id = :id
-- name: drop_flags
delete from flag where application_id = :id
-- name: drop_addresses
delete from application_email where application_id = :id
-- name: drop_notes
delete from staff_note where application_id = :id
-- name: drop_verifications
delete from verification where application_id = :id
-- name: drop_hold
delete from hold where application_id = :id
-- name: drop_change_requests
delete from change_request where application_id = :id
-- name: drop_letters
delete from letter where application_id = :id
-- name: drop_people
delete from application_person where application_id = :id
-- name: drop_seen
delete from application_seen where application_id = :id
-- What was decided stays; what was said about it goes. What was not released yet never is.
-- name: empty_decisions
update decision set reason = '', note = '', state = case when state in (0, 1) then 4 else state end where application_id = :id
-- name: empty_appeal
update appeal set body = '', answer = '', state = case when state = 0 then 2 else state end where application_id = :id

-- What staff typed to find somebody.
-- name: empty_views (sqlite)
update saved_view set query = '' where instr(lower(query), :text) > 0
-- name: empty_views (postgres)
update saved_view set query = '' where strpos(lower(query), :text) > 0
-- name: empty_bulks (sqlite)
update bulk set query = '' where instr(lower(query), :text) > 0
-- name: empty_bulks (postgres)
update bulk set query = '' where strpos(lower(query), :text) > 0

-- By address.
-- name: drop_address
delete from application_email where email = :email
-- name: is_somebodys
select count(*) from person_email where email = :email
-- name: drop_sign_ins
delete from sign_in where email = :email
-- name: drop_invitations
delete from invitation where email = :email
-- name: drop_asked
delete from application_person where email = :email and state <> 1
-- name: drop_trouble
delete from address_trouble where email = :email
-- name: drop_mail_to
delete from message where application_id is null and lower(recipient) = :email
-- name: drop_mail_of_invitations
delete from message where recipient = :email and template in ('application_invitation', 'handed_over')
-- name: drop_ceremonies_of_address
delete from ceremony where detail = :email

-- A person.
-- name: lock_person
update person set name = '' where id = :id
-- name: person_emails
select email from person_email where person_id = :id order by email
-- name: roles_of
select count(*) from role_grant where person_id = :id
-- name: drop_sessions
delete from session where person_id = :id
-- name: drop_staff_links
delete from staff_link where person_id = :id
-- name: drop_passkeys
delete from passkey where person_id = :id
-- name: drop_password
delete from password where person_id = :id
-- name: drop_code_app
delete from code_app where person_id = :id
-- name: drop_recovery_codes
delete from recovery_code where person_id = :id
-- name: drop_identities
delete from identity where person_id = :id
-- name: drop_ceremonies
delete from ceremony where person_id = :id
-- name: drop_list_setting
delete from list_setting where person_id = :id
-- name: drop_own_views
delete from saved_view where owner = :id and shared = 0
-- Events name a token by its id; nothing can be opened with it, and what it was called is gone.
-- name: end_tokens
update service_token set name = '', hash = cast(cast(id as text) as BYTES), revoked_at = coalesce(revoked_at, created_at)
where person_id = :id
-- name: drop_belongings
delete from application_person where person_id = :id
-- name: drop_seen_by
delete from application_seen where person_id = :id
-- name: drop_digest
delete from digest_choice where person_id = :id
-- name: drop_person_emails
delete from person_email where person_id = :id

-- name: remember
insert into erasure (number, subject, subject_id, erased_at, why)
values (:number, :subject, :id, :at, :why) on conflict (subject, subject_id) do nothing
-- name: erasure_of
select number from erasure where subject = :subject and subject_id = :id
-- name: all
select subject, subject_id, erased_at from erasure order by number
-- name: latest
select subject_id, erased_at from erasure where subject = 0 order by number desc limit 200
