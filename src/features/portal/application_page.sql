-- name: submissions
select number, submitted_at from submission where application_id = :application order by number desc

-- What its people are told of what happened: nothing of what staff do among themselves, nor of what is not released.
-- name: events
select e.kind, e.actor_kind, e.actor_id, e.at, e.detail,
  coalesce(nullif(p.name, ''), (select min(m.email) from person_email m where m.person_id = e.actor_id), '')
from event e left join person p on p.id = e.actor_id
where e.application_id = :application and e.kind in ('draft_started', 'submitted', 'changes_begun', 'changes_dropped', 'resubmitted',
  'withdrawn', 'link_mailed', 'email_corrected', 'draft_reminded', 'changes_reminded', 'moved', 'decision_released', 'appealed',
  'appeal_decided', 'letter_written', 'letter_received', 'application_invited', 'application_invitation_ended', 'application_joined',
  'application_invitation_declined', 'application_left', 'application_person_removed', 'handed_over', 'link_renewed',
  'submitting_allowed', 'submitting_ended')
order by e.id desc limit 300
