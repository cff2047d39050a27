-- For the tests of this folder alone.

-- name: give
insert into role_grant (person_id, program, role, granted_at) values (:person, :program, :role, 0)

-- name: count_events
select count(*) from event where kind = :kind

-- name: form_version
insert into form_version (id, program, hash, definition, created_at) values (1, 'test', 'test', '{}', 0)

-- name: application
insert into application (id, program, state, link_hash, form_version, locale, applicant_name, email, institution, country,
  area, flags, version, created_at, updated_at)
values (:id, 'test', 0, :link_hash, 1, 'en', '', '', '', '', '', 0, 1, 0, 0)

-- name: belongs
insert into application_person (id, application_id, person_id, relation, state, may_submit, email, invited_by, invited_at, expires_at,
  answered_at)
values (:id, :application, :person, :relation, 1, 0, '', null, 0, 0, 0)

-- name: relations_of
select relation from application_person where person_id = :person order by application_id
