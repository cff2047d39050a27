#include "features/queue/row_counter.h"

#include <algorithm>

#include "features/queue/labels.h"
#include "features/queue/query_match.h"

namespace bursary::queue {

using applications::Flag;
using applications::State;

namespace {

constexpr std::size_t kFits = 6;  // the column behind those of Columns::facets

template <class T>
bool is_in(const std::vector<T>& values, const T& value) {
  return std::ranges::find(values, value) != values.end();
}
template <class T>
bool is_one_of(const std::vector<T>& wanted, const std::vector<T>& unwanted, const T& value) {
  return (wanted.empty() || is_in(wanted, value)) && !is_in(unwanted, value);
}

bool has_any(std::string_view words, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(words_in(words), [&](const std::string& word) { return is_in(wanted, word); });
}

bool fits_areas(const Filter& filter, std::string_view areas) {
  const auto has = [&](const std::vector<std::string>& wanted) { return has_any(areas, wanted); };
  return std::ranges::all_of(filter.areas, has) && !has(filter.not_areas);
}

bool fits_flags(const Filter& filter, std::int64_t flags) {
  const auto has = [&](const std::vector<Flag>& wanted) { return (flags & mask_of(wanted)) != 0; };
  if (filter.has_flag && *filter.has_flag != (flags != 0)) return false;
  return std::ranges::all_of(filter.flags, has) && !has(filter.not_flags);
}

}  // namespace

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

Filter for_counting(db::Tx& tx, Filter filter) {
  filter.sort =
      filter.updated.empty() || !match_expression(tx.dialect(), filter).empty() ? Sort::newest : Sort::updated;
  return filter;
}

BoundedCount judged(std::int64_t walked, std::int64_t fit) {
  BoundedCount out{std::min(fit, kCounted)};
  if (fit > kCounted) {
    out.reach = FacetCounts::Reach::more;
  } else if (walked > kCountedWalk) {
    out.reach = FacetCounts::Reach::walked;
  }
  return out;
}

bool RowCounter::fits_facets(const Filter& filter, const Row& row) {
  return (filter.states.empty() || is_in(filter.states, row.state)) &&
         is_one_of(filter.countries, filter.not_countries, row.country) && fits_areas(filter, row.areas) &&
         fits_flags(filter, row.flags) && is_one_of(filter.assigned, filter.not_assigned, row.assignee);
}

const std::vector<RowCounter::Row>& RowCounter::walk(const Filter& filter) {
  const Filter asked = for_counting(tx_, filter);
  auto made = std::make_unique<Walk>();
  compose_count(made->query, tx_.dialect(), {.program = program_, .filter = asked, .columns = Columns::facets},
                Counting::rows);
  for (const auto& one : walks_) {
    if (one->query.text == made->query.text && one->query.values == made->query.values) return one->rows;
  }
  const db::Rows rows = tx_.query_composed(made->query.text, made->query.values);
  made->rows.reserve(rows.size());
  for (const db::Row row : rows) {
    made->rows.push_back({static_cast<State>(row.integer(1)), row.text(2), row.text(3), row.integer(4),
                          row.maybe_integer(5).value_or(kNobody), row.integer(kFits) == 1});
  }
  return walks_.emplace_back(std::move(made))->rows;
}

BoundedCount RowCounter::count(const Filter& filter) {
  const std::vector<Row>& rows = walk(filter);
  const auto fit =
      std::ranges::count_if(rows, [&](const Row& row) { return row.fits_beside && fits_facets(filter, row); });
  return judged(static_cast<std::int64_t>(rows.size()), fit);
}

void RowCounter::add_up(std::map<std::string, std::int64_t>& sums, Field field, const Row& row) {
  switch (field) {
    case Field::state:
      ++sums[std::string(to_string(row.state))];
      break;
    case Field::country:
      ++sums[row.country];
      break;
    case Field::area:
      for (const std::string& area : words_in(row.areas)) ++sums[area];
      break;
    case Field::flag:
      for (const Flag flag : flags_in(static_cast<std::uint64_t>(row.flags))) ++sums[std::string(to_string(flag))];
      break;
    default:
      ++sums[std::to_string(row.assignee)];
  }
}

std::optional<std::map<std::string, std::int64_t>> RowCounter::by(Field field, const Filter& filter) {
  if (count(filter).reach != FacetCounts::Reach::all) return std::nullopt;
  std::map<std::string, std::int64_t> sums;
  for (const Row& row : walk(filter)) {
    if (row.fits_beside && fits_facets(filter, row)) add_up(sums, field, row);
  }
  return sums;
}

}  // namespace bursary::queue
