-- What somebody with the database's password might do.

-- name: change_kind
update event set kind = :kind where id = :id
-- name: change_detail
update event set detail = :detail where id = :id
-- name: change_time
update event set at = at + 1 where id = :id
-- name: change_actor
update event set actor_id = :actor where id = :id
-- name: remove_event
delete from event where id = :id
-- name: insert_event
insert into event (id, application_id, kind, actor_kind, actor_id, at, detail) values (:id, null, 'moved', 1, null, 0, '{}')
-- name: insert_seal
insert into audit_seal (number, event_id, sealed_at, hash) values (:number, :event_id, 0, :hash)
-- name: insert_waiting
insert into audit_backlog (event_id) values (:id)
-- name: remove_seal
delete from audit_seal where number = :number
-- name: remove_seals_after
delete from audit_seal where number > :number
-- name: change_seal_time
update audit_seal set sealed_at = sealed_at + 1 where number = :number
-- name: point_seal
update audit_seal set event_id = :event where number = :number
-- name: all_seals
select number, event_id from audit_seal order by number
-- name: insert_person
insert into person (id, name, created_at) values (:id, :name, 0)
-- name: insert_address
insert into person_email (email, person_id, verified_at) values (:email, :person, 0)
-- name: insert_form_version
insert into form_version (id, program, hash, definition, created_at) values (1, 'test', '', '{}', 0)
-- name: insert_application
insert into application (id, program, state, reference, link_hash, form_version, locale, applicant_name, email, institution, country,
  area, areas, flags, version, created_at, updated_at, submitted_at, queue_id, expires_at)
values (:id, 'test', 1, :reference, cast('' as BYTES), 1, 'en', '', '', '', '', '', '', 0, 1, 0, 0, 0, :id, null)
