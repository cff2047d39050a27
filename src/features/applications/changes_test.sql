-- name: count_drafts
select count(*) from draft
