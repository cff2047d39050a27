-- name: open
insert into draft (application_id, answers, reminded_at, version) values (:id, :answers, null, 1) on conflict (application_id) do nothing

-- name: find
select answers, version from draft where application_id = :id

-- name: save
update draft set answers = :answers, version = version + 1 where application_id = :id and version = :base_version

-- name: drop
delete from draft where application_id = :id

-- name: take
delete from draft where application_id = :id and version = :base_version

-- name: areas
select areas from application where id = :id

-- name: resubmit
update application set state = 1, applicant_name = :applicant_name, email = :email, institution = :institution, country = :country,
  area = :area, areas = :areas, version = version + 1, updated_at = :now, moved_at = :now
where id = :id and state = :seen

-- name: drop_area
delete from application_area where program = :program and area = :area and state = :state and queue_id = :queue_id

-- name: insert_area
insert into application_area (program, area, state, queue_id) values (:program, :area, 1, :queue_id)

-- name: drop_readings
delete from reading where application_id = :id

-- name: insert_submission
insert into submission (application_id, number, form_version, submitted_at, answers, salt, digest)
values (:application_id, :number, :form_version, :now, :answers, :salt, :digest)
