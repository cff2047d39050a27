-- People who belong to an application beside whoever holds its private link: asked, and what they answered.
create table application_person (
  id ID not null primary key,
  application_id ID not null references application (id),
  person_id ID references person (id),  -- null: invited, and nobody has answered
  relation smallint not null,           -- features/applications/holder.h
  state smallint not null,              -- 0 invited, 1 belongs, 2 declined; who leaves or is removed has no row
  may_submit smallint not null,         -- 1: a co-editor who may also submit
  email text not null,                  -- as invited, in lower case; '' for an owner
  invited_by ID references person (id), -- null: nobody did
  invited_at bigint not null,
  expires_at bigint not null,           -- the invitation
  answered_at bigint
);
create index application_person_by_application on application_person (application_id, id);
create unique index application_person_once on application_person (person_id, application_id) where state = 1;
create unique index application_owner_once on application_person (application_id) where state = 1 and relation = 0;
create index application_person_by_email on application_person (email);
create index application_person_by_person on application_person (person_id);
create index message_of_invitations on message (recipient) where template in ('application_invitation', 'handed_over');

-- Up to where somebody has read what an application was told.
create table application_seen (
  person_id ID not null references person (id),
  application_id ID not null references application (id),
  letter_id ID not null,                -- the last letter of staff; 0: none
  decision_id ID not null,              -- the last released decision; 0: none
  primary key (person_id, application_id)
) CLUSTERED;
create index application_seen_by_application on application_seen (application_id);

-- How often the private link was made anew: each is another secret.
alter table application add column link_generation smallint not null default 0;

-- Reminded before what was asked for is due, once.
alter table change_request add column reminded_at bigint;
create index change_request_waiting on change_request (due_at) where answered_at is null and reminded_at is null;
