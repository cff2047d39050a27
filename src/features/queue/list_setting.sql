-- name: setting
select columns, dense from list_setting where person_id = :person
-- name: keep_setting
insert into list_setting (person_id, columns, dense) values (:person, :columns, :dense)
on conflict (person_id) do update set columns = excluded.columns, dense = excluded.dense

-- name: views
select v.id, v.owner, coalesce(p.name, ''), v.name, v.query, v.columns, v.shared from saved_view v left join person p on p.id = v.owner
where v.program = :program and (v.owner = :person or v.shared = 1) order by v.name, v.id limit 500
-- name: count_views
select count(*) from saved_view where program = :program and owner = :person
-- name: add_view
insert into saved_view (id, program, owner, name, shared, query, columns, created_at)
values (:id, :program, :owner, :name, :shared, :query, :columns, :now)
-- name: change_view
update saved_view set name = :name, shared = :shared where id = :id and program = :program and owner = :owner
-- name: drop_view
delete from saved_view where id = :id and program = :program and owner = :owner

-- name: readings
select question, value, currency, kind from reading where application_id = :application
