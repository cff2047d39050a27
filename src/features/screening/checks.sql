-- name: checks
select v.kind, v.outcome, v.subject, v.remark, p.name, v.checked_at
from verification v left join person p on p.id = v.checked_by
where v.application_id = :id order by v.id desc limit 200

-- name: record
insert into verification (id, application_id, kind, outcome, subject, remark, checked_by, checked_at)
values (:id, :application, :kind, :outcome, :subject, :remark, :by, :now)
