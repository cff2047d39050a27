// What staff do is whole: each names what must not exist, a row of which another part is missing. One statement each, so that jobs
// may work beside it.

const PAST = 'not exists (select 1 from decision l where l.application_id = d.application_id and l.id > d.id)'; // the latest of its application
const SOON = 10_000_000; // microseconds between a row and its event in one transaction, on a machine that has other work

const counted = (of, columns, differs) => `select count(*) from (select application_id, ${columns} from ${of} group by application_id) c where ${differs}`;
const events = (kind) => `(select count(*) from event e where e.application_id = c.application_id and e.kind = '${kind}')`;

// `began`: of the run; `since`: of the round. Microseconds.
const halfDone = (began, since) => ({
  // Kinds are numbered in the order of the states that they lead to (features/decisions, features/applications).
  'open decisions whose application is not decided': 'select count(*) from decision d join application a on a.id = d.application_id where d.state in (0, 1) and a.state <> case when d.was = 7 then 7 else 4 end',
  'released decisions whose application stands elsewhere': `select count(*) from decision d join application a on a.id = d.application_id where d.state = 2 and ${PAST} and a.state <> d.kind + 5`,
  'undone decisions whose application did not go back': `select count(*) from decision d join application a on a.id = d.application_id where d.state = 3 and ${PAST} and a.state <> d.was`,
  'released decisions without their message': 'select count(*) from decision d where d.state = 2 and not exists (select 1 from message m where m.id = d.message_id and m.application_id = d.application_id and m.state in (0, 1, 2, 3, 4))',
  'leaving decisions without a held message': 'select count(*) from decision d where d.state = 1 and not exists (select 1 from message m where m.id = d.message_id and m.application_id = d.application_id and m.state = 5)',
  'pending or undone decisions with a message': 'select count(*) from decision d where d.state in (0, 3) and exists (select 1 from message m where m.id = d.message_id)',
  'messages of no decision': `select count(*) from message m where m.created_at >= ${began} and m.template like 'decision%' and not exists (select 1 from decision d where d.message_id = m.id and d.state in (1, 2))`,
  'applications with more or fewer decisions than events': counted('decision', 'count(*) as made, sum(case when state = 2 then 1 else 0 end) as released, sum(case when state = 3 then 1 else 0 end) as undone',
    `c.made <> ${events('decision_made')} or c.released <> ${events('decision_released')} or c.undone <> ${events('decision_undone')}`),
  'events of no decision': "select count(*) from event e where e.kind = 'decision_made' and not exists (select 1 from decision d where d.application_id = e.application_id)",
  'releases without their event': `select count(*) from decision_release r where r.created_at >= ${since} and r.total > 0 and not exists (select 1 from event e where e.application_id is null and e.kind = 'release_made' and e.detail like '{"release":' || r.id || ',%')`,
  'releases that are done and hold a decision back': 'select count(*) from decision_release r join decision d on d.release_id = r.id where r.state = 2 and d.state = 1',
  'letters of staff without their message': "select count(*) from letter l where l.from_applicant = 0 and not exists (select 1 from message m where m.id = l.message_id and m.application_id = l.application_id and m.template = 'staff_message')",
  'messages of no letter': `select count(*) from message m where m.created_at >= ${began} and m.template = 'staff_message' and not exists (select 1 from letter l where l.message_id = m.id)`,
  'applications with more or fewer letters than events': counted('letter', 'sum(1 - from_applicant) as written, sum(from_applicant) as received',
    `c.written <> ${events('letter_written')} or c.received <> ${events('letter_received')}`),
  'sessions without their event': `select count(*) from session s where s.created_at >= ${since} and not exists (select 1 from event e where e.application_id is null and e.kind = 'signed_in' and e.actor_id = s.person_id and e.at between s.created_at and s.created_at + ${SOON})`,
  'used links of staff without a session': `select count(*) from staff_link s where s.used_at >= ${since} and not exists (select 1 from event e where e.application_id is null and e.kind = 'signed_in' and e.actor_id = s.person_id and e.at between s.used_at and s.used_at + ${SOON})`,
  'used links of applicants without a session': `select count(*) from sign_in s where s.used_at >= ${since} and not exists (select 1 from event e join person_email p on p.person_id = e.actor_id where p.email = s.email and e.application_id is null and e.kind = 'signed_in' and e.at between s.used_at and s.used_at + ${SOON})`,
});

export function lookForHalfDone(store, began, since, tally) {
  for (const [what, sql] of Object.entries(halfDone(began, since))) {
    const [[many]] = store.rows(sql);
    if (Number(many) > 0) tally.fault('half_done', `${many} ${what}`, Number(many));
  }
}
