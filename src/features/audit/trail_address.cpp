#include "features/audit/trail_address.h"

#include <limits>

#include "base/mail_address.h"
#include "base/number.h"
#include "base/text.h"
#include "features/audit/event_kind.h"
#include "features/audit/trail.sql.h"
#include "web/form_data.h"

namespace bursary::audit {
namespace {

namespace trail_sql = sql::audit::trail;

std::optional<std::int64_t> number_in(std::string_view text) {
  const std::int64_t number = read_row_number(text);
  return number > 0 ? std::optional(number) : std::nullopt;
}

std::string typed(const web::Request& request, std::string_view name) {
  return std::string(trim(request.parameter(name).value_or("")));
}

void read_person(db::Tx& tx, TrailAddress& address) {
  if (address.who.empty()) return;
  address.name = address.who;
  address.filter.person = number_in(address.who);
  if (!address.filter.person) {
    if (const auto row = tx.find(trail_sql::person_of, to_lower_ascii(address.who)))
      address.filter.person = row->integer(0);
  }
  const auto found = address.filter.person ? tx.find(trail_sql::name_of, *address.filter.person) : std::nullopt;
  if (found && !found->text(0).empty()) address.name = found->text(0);
  if (!address.filter.person) address.problems.push_back({"who", "audit.problem.who"});
}

void read_application(db::Tx& tx, TrailAddress& address) {
  if (address.application.empty()) return;
  for (char& c : address.application) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (const auto row = tx.find(trail_sql::application_of, address.application)) {
    address.filter.application = row->integer(0);
  } else {
    address.problems.push_back({"application", "audit.problem.application"});
  }
}

std::optional<Instant> day(const std::string& text, const char* field, TrailAddress& address) {
  if (text.empty()) return std::nullopt;
  const auto at = parse_rfc3339(text + "T00:00:00Z");
  if (!at) address.problems.push_back({field, "audit.problem.day"});
  return at;
}

}  // namespace

TrailAddress read_address(db::Tx& tx, const web::Request& request) {
  TrailAddress address;
  address.kind = typed(request, "kind");
  address.who = typed(request, "who");
  address.application = typed(request, "application");
  address.from = typed(request, "from");
  address.until = typed(request, "until");
  address.before = number_in(typed(request, "before")).value_or(std::numeric_limits<std::int64_t>::max());
  if (!address.kind.empty() && !is_event_kind(address.kind)) address.problems.push_back({"kind", "audit.problem.kind"});
  address.filter.kind = address.kind;
  read_person(tx, address);
  read_application(tx, address);
  address.filter.from = day(address.from, "from", address);
  address.filter.until = day(address.until, "until", address);
  if (address.filter.until) address.filter.until = *address.filter.until + std::chrono::hours(24);
  return address;
}

std::string TrailAddress::path(std::string_view page, std::string_view without, std::int64_t before_id) const {
  std::string query;
  const auto add = [&](std::string_view parameter, const std::string& value) {
    if (value.empty() || parameter == without) return;
    query += fmt::format("{}{}={}", query.empty() ? '?' : '&', parameter, web::percent_encode(value));
  };
  add("kind", kind);
  add("who", who);
  add("application", application);
  add("from", from);
  add("until", until);
  if (before_id != 0) add("before", std::to_string(before_id));
  return std::string(page) + query;
}

}  // namespace bursary::audit
