// What waits, once a day, for staff who asked for it.
#include "base/derived_secret.h"
#include "features/audit/audit.h"
#include "features/messages/desk.h"
#include "features/messages/desk.sql.h"
#include "features/messages/desk_pages.h"

namespace bursary::messages {

namespace desk_sql = sql::messages::desk;

namespace {

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kHour = kDay / 24;
constexpr std::int64_t kFirstHour = 6;  // in UTC: none before
constexpr std::string_view kDigestPurpose = "digest";

struct Waiting {
  const char* phrase;
  std::int64_t n;
};

std::int64_t number_of(const db::Rows& rows) { return rows.at(0).integer(0); }

std::vector<Waiting> what_waits(db::Tx& tx, const std::string& program) {
  const auto of_state = [&](int state) { return number_of(tx.query(desk_sql::count_state, program, state)); };
  return {{"messages.digest.submitted", of_state(1)},
          {"messages.digest.screening", of_state(2)},
          {"messages.digest.in_review", of_state(3)},
          {"messages.digest.decisions", number_of(tx.query(desk_sql::count_decisions, program))},
          {"messages.digest.appeals", number_of(tx.query(desk_sql::count_appeals, program))},
          {"messages.digest.letters", number_of(tx.query(desk_sql::count_letters))},
          {"messages.digest.failed", number_of(tx.query(desk_sql::count_messages, State::failed))},
          {"messages.digest.maybe_sent", number_of(tx.query(desk_sql::count_messages, State::maybe_sent))}};
}

std::string lines_of(const std::vector<Waiting>& waiting, const html::Phrasebook& phrases) {
  std::string lines;
  for (const Waiting& one : waiting) {
    if (one.n > 0) lines += phrases.text(one.phrase, {{"n", std::to_string(one.n)}}) + "\n";
  }
  return lines;
}

void tell_choice(db::Tx& tx, const DeskParts& parts, web::PersonId person, std::string_view kind) {
  audit::write_event(
      tx, {parts.ids.next<audit::EventTag>(), std::nullopt, kind, audit::By::staff(person), parts.clock.now()});
}

}  // namespace

bool has_digest(db::Tx& tx, web::PersonId person) { return tx.find(desk_sql::has_digest, person).has_value(); }

Result<void> choose_digest(const DeskParts& parts, web::PersonId person, std::string_view locale, bool wanted) {
  const std::string program = parts.programs.current()->slug;
  const std::int64_t today = parts.clock.now().micros / kDay;
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const bool had = has_digest(tx, person);
    if (wanted)
      tx.execute(desk_sql::choose_digest, person, program, locale, today);
    else
      tx.execute(desk_sql::end_digest, person);
    if (had != wanted) tell_choice(tx, parts, person, wanted ? "digest_chosen" : "digest_ended");
    return {};
  });
}

int run_digest(const DeskParts& parts) {
  const Instant now = parts.clock.now();
  if (now.micros % kDay < kFirstHour * kHour) return 0;
  const std::int64_t today = now.micros / kDay;
  const auto program = parts.programs.current();
  struct Due {
    web::PersonId person;
    std::string locale, email;
  };
  std::vector<Waiting> waiting;
  const auto due = parts.database.read([&](db::Tx& tx) {
    std::vector<Due> found;
    for (const db::Row row : tx.query(desk_sql::digest_due, program->slug, today)) {
      found.push_back({row.id<web::PersonId>(0), row.text(1), row.text(2)});
    }
    if (!found.empty()) waiting = what_waits(tx, program->slug);
    return found;
  });
  int made = 0;
  for (const Due& one : due) {
    const std::string lines = lines_of(waiting, program->phrasebooks->get(one.locale));
    const auto written = parts.database.write([&](db::Tx& tx) -> Result<bool> {
      // Of several nodes one makes it.
      if (tx.execute(desk_sql::digest_made, today, one.person) == 0 || lines.empty()) return false;
      NewMessage mail;
      mail.template_key = "digest";
      mail.locale = one.locale;
      mail.recipient = one.email;
      mail.due = now;
      mail.placeholders = {{"waiting", lines}, {"link", parts.public_address + "/staff"}};
      mail.links = {{"stop_link", {"digest_stop", one.person.value}}};
      queue_message(tx, parts.ids, parts.random, now, message_id_domain(parts.public_address), mail);
      return true;
    });
    made += written && *written ? 1 : 0;
  }
  return made;
}

std::optional<web::PersonId> digest_of(const DeskParts& parts, std::string_view secret) {
  const auto id = read_derived_secret(kDigestPurpose, secret, parts.secret);
  return id ? std::optional(web::PersonId{*id}) : std::nullopt;
}

std::optional<std::string> tell_desk_link(const DeskParts& parts, const PrivateLink& link) {
  if (link.opens != "digest_stop") return std::nullopt;
  return parts.public_address + "/digest/" + derived_secret(kDigestPurpose, link.id, parts.secret);
}

}  // namespace bursary::messages
