#include "features/portal/timeline.h"

#include <boost/json.hpp>

#include "features/applications/portal.h"
#include "features/portal/application_page.sql.h"

namespace bursary::portal {

namespace json = boost::json;

namespace {

std::string member(const json::object& detail, std::string_view name) {
  const json::value* value = detail.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

json::object detail_in(const std::string& text) {
  boost::system::error_code problem;
  json::value value = json::parse(text, problem);
  return problem || !value.is_object() ? json::object() : std::move(value.as_object());
}

// Nothing for a move that says nothing that its people know.
Phrase move_in_words(const json::object& detail) {
  const auto from = applications::state_named(member(detail, "from"));
  const auto to = applications::state_named(member(detail, "to"));
  // What is decided and not released was never told, nor that it was taken back.
  if (!from || !to || *to == State::decided || *from == State::decided) return {};
  // A decision is told by an event of its own.
  if (*to == State::awarded || *to == State::declined || *to == State::waitlisted) return {};
  if (applications::as_told(*from) == applications::as_told(*to)) return {};
  return Phrase("portal.timeline.to." + std::string(to_string(*to)));
}

std::string who_in(const Visit& visit, const db::Row& row) {
  const auto kind = static_cast<audit::Actor>(row.integer(1));
  if (kind != audit::Actor::applicant) return visit.program->name.in(visit.phrases().tag());
  if (row.maybe_integer(2) == visit.person().value) return visit.phrases().text("portal.timeline.you");
  if (row.is_null(2)) return visit.phrases().text("portal.timeline.applicant");
  return row.text_or_empty(5);
}

}  // namespace

std::vector<MomentView> timeline_of(const Visit& visit, db::Tx& tx, ApplicationId id) {
  std::vector<MomentView> moments;
  for (const db::Row row : tx.query(sql::portal::application_page::events, id)) {
    const std::string& kind = row.text(0);
    Phrase what = kind == "moved" ? move_in_words(detail_in(row.text(4))) : Phrase("portal.timeline." + kind);
    if (what.empty()) continue;
    moments.push_back({visit.moment(row.instant(3)), who_in(visit, row), std::move(what)});
  }
  return moments;
}

}  // namespace bursary::portal
