-- The least that a message's application needs; for the tests of this folder alone.

-- name: insert_form_version
insert into form_version (id, program, hash, definition, created_at) values (1, 'test', 'test', '{}', 0)

-- name: insert_application
insert into application (id, program, state, link_hash, form_version, locale, applicant_name, email, institution, country,
                         area, flags, version, created_at, updated_at)
values (:id, 'test', 1, :link_hash, 1, 'en', '', '', '', '', '', 0, 1, 0, 0)

-- name: fail_all
update message set state = 3, problem = '550 No such user'
