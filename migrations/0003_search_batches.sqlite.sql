-- FTS5 gathers what a transaction writes by itself: nothing to change.
select 1;
