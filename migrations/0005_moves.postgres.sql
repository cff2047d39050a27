-- All chosen areas beside the application, so that a move from state to state finds their rows by key.
alter table application add column areas text not null default ''; -- option keys with a space between
update application set areas = r.areas
from (select queue_id, string_agg(area, ' ') as areas from application_area group by queue_id) r
where r.queue_id = application.queue_id;
