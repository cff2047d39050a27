-- The rows that a draft and applications::submit leave (src/features/applications/submit.sql), with a state that has moved on and
-- mails that have left. insert_test.cpp compares them with a real submission's.

-- name: application
insert into application (id, program, state, reference, link_hash, form_version, locale, applicant_name, email, institution, country,
  area, areas, flags, version, created_at, updated_at, submitted_at, queue_id, expires_at, moved_at)
values (:id, :program, :state, :reference, :link_hash, :form_version, :locale, :applicant_name, :email, :institution, :country,
  :area, :areas, :flags, :version, :created_at, :at, :at, :queue_id, null, :moved_at)

-- name: submission
insert into submission (application_id, number, form_version, submitted_at, answers, salt, digest)
values (:application_id, 1, :form_version, :at, :answers, :salt, :digest)

-- name: area
insert into application_area (program, area, state, queue_id) values (:program, :area, :state, :queue_id)

-- name: reading
insert into reading (application_id, question, kind, value, currency) values (:application_id, :question, :kind, :value, :currency)

-- name: flag
insert into flag (application_id, kind, queue_id, detail, created_at) values (:application_id, :kind, :queue_id, '{}', :at)

-- name: event
insert into event (id, application_id, kind, actor_kind, actor_id, at, detail)
values (:id, :application_id, :kind, :actor_kind, null, :at, :detail)

-- name: wait_for_seal
insert into audit_backlog (event_id) values (:id)

-- name: message
insert into message (id, application_id, template, locale, recipient, placeholders, message_id, state, attempts, due_at,
  lease_until, created_at, sent_at, problem)
values (:id, :application_id, :template, :locale, :recipient, :placeholders, :message_id, 2, 1, :at, null, :at, :sent_at, '')

-- name: backlog
insert into search_backlog (queue_id, since) values (:queue_id, :now)

-- name: tally
insert into tally_change (id, program, state, country, areas, flags, assignee, n)
values (:id, :program, :state, :country, :areas, :flags, null, 1)

-- name: count_submitted
select count(*) from application where queue_id is not null
