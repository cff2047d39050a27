-- name: start
insert into application (id, program, state, reference, link_hash, form_version, locale, applicant_name, email, institution, country,
  area, flags, version, created_at, updated_at, submitted_at, queue_id, expires_at)
values (:id, :program, 0, null, :link_hash, :form_version, :locale, :applicant_name, :email, :institution, :country,
  :area, 0, 1, :now, :now, null, null, :expires_at)

-- name: keep_answers
insert into draft (application_id, answers, reminded_at) values (:id, :answers, null)

-- name: save
update application set version = version + 1, updated_at = :now, expires_at = :expires_at, applicant_name = :applicant_name,
  email = :email, institution = :institution, country = :country, area = :area
where id = :id and state = 0 and version = :base_version

-- name: save_answers
update draft set answers = :answers, reminded_at = null where application_id = :id

-- name: drop
delete from draft where application_id = :id
