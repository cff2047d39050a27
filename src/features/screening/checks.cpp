// Who checked what about a person and an institution.
#include <array>

#include "features/screening/checks.sql.h"
#include "features/screening/notes.sql.h"
#include "features/screening/screening.h"
#include "features/screening/texts.h"

namespace bursary::screening {

namespace checks_sql = sql::screening::checks;

namespace {

constexpr std::array<std::string_view, 6> kChecks = {"mail", "orcid", "document", "sanctions", "affiliation", "other"};
constexpr std::array<std::string_view, 3> kOutcomes = {"confirmed", "doubtful", "refuted"};
constexpr std::size_t kLongestSubject = 300;

template <class Code, std::size_t N>
std::optional<Code> named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names.at(i) == name) return static_cast<Code>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(CheckKind kind) { return kChecks.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(CheckOutcome outcome) { return kOutcomes.at(static_cast<std::size_t>(outcome)); }
std::optional<CheckKind> check_named(std::string_view name) { return named<CheckKind>(kChecks, name); }
std::optional<CheckOutcome> outcome_named(std::string_view name) { return named<CheckOutcome>(kOutcomes, name); }

std::vector<Check> checks_of(db::Tx& tx, ApplicationId id) {
  std::vector<Check> found;
  for (const db::Row row : tx.query(checks_sql::checks, id)) {
    found.push_back({static_cast<CheckKind>(row.integer(0)), static_cast<CheckOutcome>(row.integer(1)), row.text(2),
                     row.text(3), row.text_or_empty(4), row.instant(5)});
  }
  return found;
}

Result<void> record_check(const applications::Parts& parts, ApplicationId id, web::PersonId by, const NewCheck& check) {
  std::string subject(trim(without_hidden(check.subject)));
  std::string remark(trim(without_hidden(check.remark)));
  if (count_characters(subject) > kLongestSubject)
    return fail({{"subject", Phrase("screening.problem.too_long", {{"limit", std::to_string(kLongestSubject)}})}});
  if (count_characters(remark) > kLongestText)
    return fail({{"remark", Phrase("screening.problem.too_long", {{"limit", std::to_string(kLongestText)}})}});
  if (check.kind == CheckKind::orcid) {
    const auto orcid = read_orcid(subject);
    if (!orcid) return fail({{"subject", "screening.problem.orcid"}});
    subject = *orcid;
  }
  if (check.outcome != CheckOutcome::confirmed && remark.empty())
    return fail({{"remark", "screening.problem.why_doubt"}});
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    tx.post(checks_sql::record, parts.ids.next_value(), id, check.kind, check.outcome, subject, remark, by, now);
    const std::string detail =
        fmt::format(R"({{"check":"{}","outcome":"{}"}})", to_string(check.kind), to_string(check.outcome));
    audit::write_event(tx,
                       {parts.ids.next<audit::EventTag>(), id.value, "verified", audit::By::staff(by), now, detail});
    return {};
  });
}

Result<void> set_flag(const applications::Parts& parts, ApplicationId id, web::PersonId by, applications::Flag flag,
                      std::string_view reason) {
  if (std::ranges::find(kByHand, flag) == std::ranges::end(kByHand)) return fail({{"flag", "screening.problem.flag"}});
  const auto text = staff_text(reason, "flag_reason");
  if (!text) return fail(text.error());
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    if (applications::add_flag(tx, parts.ids, parts.clock.now(), id, flag, *text, audit::By::staff(by))) return {};
    return fail(ErrorKind::conflict, "screening.problem.flag_there");
  });
}

Result<void> take_flag_off(const applications::Parts& parts, ApplicationId id, web::PersonId by,
                           applications::Flag flag, std::string_view reason) {
  const auto text = staff_text(reason, "off_reason");
  if (!text) return fail(text.error());
  const Instant now = parts.clock.now();
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    if (!applications::remove_flag(tx, parts.ids, now, id, flag, audit::By::staff(by)))
      return fail(ErrorKind::conflict, "screening.problem.flag_gone");
    const std::string note = fmt::format("[{}] {}", applications::to_string(flag), *text);
    tx.post(sql::screening::notes::write_note, parts.ids.next_value(), id, by, note, now);
    return {};
  });
}

}  // namespace bursary::screening
