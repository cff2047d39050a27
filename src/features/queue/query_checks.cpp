#include "features/queue/query_checks.h"

#include <fmt/format.h>

#include <algorithm>

namespace bursary::queue {

using applications::Flag;
using applications::State;

namespace {

// Behind what is looked for beside a row: PostgreSQL would make a join of it, and read a table of millions for a page
// of fifty. An offset keeps it where it stands.
constexpr std::string_view kRowByRow = " limit 1 offset 0";

bool has_nobody(const std::vector<std::int64_t>& people) { return std::ranges::find(people, kNobody) != people.end(); }

}  // namespace

std::string Placeholders::last() const { return fmt::format("?{}", query_.values.size()); }

std::string Placeholders::text(std::string_view text) {
  query_.texts.emplace_back(text);
  query_.values.emplace_back(std::string_view(query_.texts.back()));
  return postgres_ ? fmt::format("cast({} as text)", last()) : last();
}

std::string Placeholders::number(std::int64_t number) {
  query_.values.emplace_back(number);
  return postgres_ ? fmt::format("cast({} as bigint)", last()) : last();
}

std::string Checks::dates() {
  std::string sql;
  if (f_.submitted.from) sql += fmt::format(" and a.submitted_at >= {}", values_.number(*f_.submitted.from));
  if (f_.submitted.until) sql += fmt::format(" and a.submitted_at < {}", values_.number(*f_.submitted.until));
  return sql;
}

std::string Checks::of_facets() { return states() + places() + flags() + people(); }

std::string Checks::states() const {
  const bool told = driver_ == Driver::country || driver_ == Driver::area || driver_ == Driver::state;
  if (f_.states.empty() || told) return {};
  std::string sql = " and a.state in (";
  for (const State state : f_.states) {
    sql += (sql.back() == '(' ? "" : ", ") + std::to_string(static_cast<int>(state));
  }
  return sql + ")";
}

std::string Checks::places() {
  std::string sql;
  if (driver_ != Driver::country && driver_ != Driver::text) sql += in_list("a.country", f_.countries, true);
  sql += in_list("a.country", f_.not_countries, false);
  if (driver_ != Driver::text) {
    for (std::size_t i = driver_ == Driver::area ? 1 : 0; i < f_.areas.size(); ++i) sql += area(f_.areas[i], true);
  }
  if (!f_.not_areas.empty()) sql += area(f_.not_areas, false);
  return sql;
}

std::string Checks::in_list(std::string_view column, const std::vector<std::string>& values, bool in) {
  if (values.empty()) return {};
  std::string sql = fmt::format(" and {} {}in (", column, in ? "" : "not ");
  for (const std::string& value : values) sql += (sql.back() == '(' ? "" : ", ") + values_.text(value);
  return sql + ")";
}

std::string Checks::area(const std::vector<std::string>& areas, bool has) {
  return fmt::format(
      " and {}exists (select 1 from application_area r where r.program = a.program{} and r.state = a.state"
      " and r.queue_id = a.queue_id{})",
      has ? "" : "not ", in_list("r.area", areas, true), kRowByRow);
}

std::string Checks::flags() const {
  std::string sql;
  for (std::size_t i = driver_ == Driver::flag ? 1 : 0; i < f_.flags.size(); ++i)
    sql += fmt::format(" and (a.flags & {}) <> 0", mask_of(f_.flags[i]));
  if (!f_.not_flags.empty()) sql += fmt::format(" and (a.flags & {}) = 0", mask_of(f_.not_flags));
  if (f_.has_flag) sql += *f_.has_flag ? " and a.flags <> 0" : " and a.flags = 0";
  return sql;
}

std::string Checks::list_of(const std::vector<std::int64_t>& people) {
  std::string list;
  for (const std::int64_t person : people) {
    if (person != kNobody) list += (list.empty() ? "" : ", ") + values_.number(person);
  }
  return list;
}

// "Not Ana's" are nobody's too.
std::string Checks::people() {
  std::string sql;
  if (driver_ != Driver::assignee && !f_.assigned.empty()) {
    const std::string list = list_of(f_.assigned);
    const char* const nobody = has_nobody(f_.assigned) ? "a.assignee is null or " : "";
    sql += list.empty() ? " and a.assignee is null" : fmt::format(" and ({}a.assignee in ({}))", nobody, list);
  }
  if (!f_.not_assigned.empty()) {
    const std::string list = list_of(f_.not_assigned);
    const char* const nobody = has_nobody(f_.not_assigned) ? "is not null and" : "is null or";
    sql += list.empty() ? " and a.assignee is not null"
                        : fmt::format(" and (a.assignee {} a.assignee not in ({}))", nobody, list);
  }
  return sql;
}

std::string Checks::beside_facets() {
  std::string sql = in_list("a.locale", f_.languages, true) + in_list("a.locale", f_.not_languages, false);
  if (f_.has_file) {
    sql += fmt::format(" and {}exists (select 1 from file u where u.application_id = a.id{})",
                       *f_.has_file ? "" : "not ", kRowByRow);
  }
  for (const ReadingStretch& one : f_.readings) {
    sql += fmt::format(" and exists (select 1 from reading r where r.application_id = a.id and r.question = {}",
                       values_.text(one.question));
    if (one.value.from) sql += fmt::format(" and r.value >= {}", values_.number(*one.value.from));
    if (one.value.until) sql += fmt::format(" and r.value < {}", values_.number(*one.value.until));
    if (!one.currency.empty()) sql += fmt::format(" and r.currency = {}", values_.text(one.currency));
    sql += std::string(kRowByRow) + ")";
  }
  if (driver_ != Driver::update) {
    if (f_.updated.from) sql += fmt::format(" and a.updated_at >= {}", values_.number(*f_.updated.from));
    if (f_.updated.until) sql += fmt::format(" and a.updated_at < {}", values_.number(*f_.updated.until));
  }
  return sql;
}

std::int64_t mask_of(const std::vector<Flag>& flags) {
  std::int64_t mask = 0;
  for (const Flag flag : flags) mask |= applications::bit_of(flag);
  return mask;
}

}  // namespace bursary::queue
