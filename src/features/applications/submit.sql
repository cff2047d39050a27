-- name: insert_application
insert into application (id, program, state, reference, link_hash, form_version, locale, applicant_name, email, institution, country,
  area, areas, flags, version, created_at, updated_at, submitted_at, queue_id, expires_at)
values (:id, :program, 1, :reference, :link_hash, :form_version, :locale, :applicant_name, :email, :institution, :country,
  :area, :areas, :flags, 1, :now, :now, :now, :queue_id, null)

-- No row when the draft moved on or was submitted before.
-- name: submit_draft
update application set state = 1, reference = :reference, locale = :locale, applicant_name = :applicant_name, email = :email,
  institution = :institution, country = :country, area = :area, areas = :areas,
  flags = :flags, version = version + 1, updated_at = :now,
  submitted_at = :now, queue_id = :queue_id, expires_at = null
where id = :id and state = 0 and version = :base_version

-- name: insert_submission
insert into submission (application_id, number, form_version, submitted_at, answers, salt, digest)
values (:application_id, 1, :form_version, :now, :answers, :salt, :digest)

-- name: insert_area
insert into application_area (program, area, state, queue_id) values (:program, :area, 1, :queue_id)

-- name: insert_reading
insert into reading (application_id, question, kind, value, currency) values (:application_id, :question, :kind, :value, :currency)

-- name: insert_flag
insert into flag (application_id, kind, queue_id, detail, created_at) values (:application_id, :kind, :queue_id, :detail, :now)

-- name: insert_backlog
insert into search_backlog (queue_id, since) values (:queue_id, :now)
