#include "features/queue/tally.h"

#include <algorithm>

#include "features/queue/labels.h"
#include "features/queue/query_sql.h"
#include "features/queue/row_counter.h"
#include "features/queue/tally.sql.h"

namespace bursary::queue {
namespace {

namespace tally_sql = sql::queue::tally;
using applications::Flag;
using applications::State;
using applications::TallyFacet;

constexpr std::int64_t kMostWaiting = 20'000;  // rows that are added up while somebody waits

// What a filter narrows besides states, where the tally can tell; nothing where it cannot.
struct Narrowed {
  std::vector<std::string> countries;
  std::string area;
  std::string flag;      // its code
  std::string assignee;  // an id
  int dimensions() const {
    return (countries.empty() ? 0 : 1) + (area.empty() ? 0 : 1) + (flag.empty() ? 0 : 1) + (assignee.empty() ? 0 : 1);
  }
};
std::optional<Narrowed> narrowed(const Filter& filter) {
  Filter rest = filter;
  Narrowed out;
  out.countries = filter.countries;
  if (filter.areas.size() == 1 && filter.areas[0].size() == 1) {
    out.area = filter.areas[0][0];
    rest.areas.clear();
  }
  if (filter.flags.size() == 1 && filter.flags[0].size() == 1) {
    out.flag = std::to_string(static_cast<int>(filter.flags[0][0]));
    rest.flags.clear();
  }
  if (filter.assigned.size() == 1 && filter.assigned[0] > 0) {
    out.assignee = std::to_string(filter.assigned[0]);
    rest.assigned.clear();
  }
  rest.states.clear();
  rest.countries.clear();
  rest.sort = Sort::newest;
  if (rest != Filter{}) return std::nullopt;
  const bool pair = !out.countries.empty() && !out.area.empty();
  if (out.dimensions() > (pair ? 2 : 1)) return std::nullopt;
  return out;
}

bool wants(const Filter& filter, State state) {
  return filter.states.empty() || std::ranges::find(filter.states, state) != filter.states.end();
}

// Reads stretches of the tally with what waits beside it, each once.
class Teller {
 public:
  Teller(db::Tx& tx, std::string_view program) : tx_(tx), program_(program) {
    const db::Rows rows = tx.query(tally_sql::waiting, program, kMostWaiting + 1);
    behind_ = rows.size() > static_cast<std::size_t>(kMostWaiting);
    for (const db::Row row : rows) {
      add_place(waiting_,
                {static_cast<State>(row.integer(0)), row.text(1), row.text(2), row.integer(3), row.integer(4)},
                row.integer(5));
    }
  }
  bool behind() const { return behind_; }

  // By value, of the states that the filter wants. What stands in nothing is read for every facet at once: nearly
  // always the others are asked for next.
  std::map<std::string, std::int64_t> values(TallyFacet facet, const std::string& within, const Filter& filter) {
    std::string states;
    for (const State state : kShownStates) {
      if (wants(filter, state)) states += (states.empty() ? "" : ",") + std::to_string(static_cast<int>(state));
    }
    const std::string facets = within.empty() ? kEveryFacet : std::to_string(static_cast<int>(facet));
    auto [place, fresh] = told_.try_emplace({facets, within, states});
    if (fresh) place->second = read_values(facets, within, states, filter);
    return place->second[facet];
  }
  // By state, of one value.
  std::map<State, std::int64_t> states(TallyFacet facet, const std::string& within, const std::string& value) {
    auto [place, fresh] = states_.try_emplace({facet, within, value});
    std::map<State, std::int64_t>& out = place->second;
    if (!fresh) return out;
    for (const db::Row row : tx_.query(tally_sql::value, program_, facet, within, value)) {
      out[static_cast<State>(row.integer(0))] += row.integer(1);
    }
    for (const auto& [key, n] : waiting_) {
      const auto& [one, where, held, state] = key;
      if (one == facet && where == within && held == value) out[state] += n;
    }
    return out;
  }

 private:
  using Values = std::map<TallyFacet, std::map<std::string, std::int64_t>>;
  static constexpr const char* kEveryFacet = "1,2,3,4";

  Values read_values(const std::string& facets, const std::string& within, const std::string& states,
                     const Filter& filter) {
    Values out;
    for (const db::Row row : tx_.query(tally_sql::within, program_, within, facets, states))
      out[static_cast<TallyFacet>(row.integer(0))][row.text(1)] += row.integer(2);
    for (const auto& [key, n] : waiting_) {
      const auto& [facet, where, value, state] = key;
      if (where == within && wants(filter, state)) out[facet][value] += n;
    }
    return out;
  }

  db::Tx& tx_;
  std::string_view program_;
  Tally waiting_;
  bool behind_ = false;
  std::map<std::tuple<std::string, std::string, std::string>, Values> told_;
  std::map<std::tuple<TallyFacet, std::string, std::string>, std::map<State, std::int64_t>> states_;
};

void add_sums(std::map<std::string, std::int64_t>& sums, const std::map<std::string, std::int64_t>& more) {
  for (const auto& [value, n] : more) sums[value] += n;
}

std::vector<FacetCounts::Value> listed(const std::map<std::string, std::int64_t>& sums) {
  std::vector<FacetCounts::Value> out;
  for (const auto& [code, n] : sums) {
    if (n != 0) out.push_back({code, n});
  }
  return out;
}

void add_states(std::map<State, std::int64_t>& sums, const std::map<State, std::int64_t>& states) {
  for (const auto& [state, n] : states) sums[state] += n;
}

// By state, of what the filter narrows besides.
std::map<State, std::int64_t> states_of(Teller& teller, const Narrowed& by) {
  std::map<State, std::int64_t> sums;
  const auto take = [&](TallyFacet facet, const std::string& within, const std::vector<std::string>& values) {
    for (const std::string& value : values) add_states(sums, teller.states(facet, within, value));
  };
  if (!by.countries.empty()) {
    take(TallyFacet::country, by.area, by.countries);
  } else if (!by.area.empty()) {
    take(TallyFacet::area, "", {by.area});
  } else if (!by.flag.empty()) {
    take(TallyFacet::flag, "", {by.flag});
  } else if (!by.assignee.empty()) {
    take(TallyFacet::assignee, "", {by.assignee});
  } else {
    take(TallyFacet::all, "", {""});
  }
  return sums;
}

void put_states(FacetCounts& counts, const std::map<State, std::int64_t>& states, const Filter& filter) {
  auto& values = counts.values[Field::state];
  for (const State state : kShownStates) {
    const auto found = states.find(state);
    if (found == states.end() || found->second == 0) continue;
    values.push_back({std::string(to_string(state)), found->second});
    if (wants(filter, state)) counts.total += found->second;
  }
}

void name_flags(std::map<std::string, std::int64_t>& sums) {
  std::map<std::string, std::int64_t> named;
  for (const auto& [code, n] : sums) named[std::string(to_string(static_cast<Flag>(std::stoi(code))))] = n;
  sums = std::move(named);
}

// The filter as if it had no term of that field.
Filter without(const Filter& filter, Field field) {
  Filter out = filter;
  if (field == Field::state) out.states.clear();
  if (field == Field::country) out.countries.clear(), out.not_countries.clear();
  if (field == Field::area) out.areas.clear(), out.not_areas.clear();
  if (field == Field::flag) out.flags.clear(), out.not_flags.clear(), out.has_flag.reset();
  if (field == Field::assigned) out.assigned.clear(), out.not_assigned.clear();
  return out;
}

// Of the whole filter, from the tally alone, or nothing where it cannot tell.
std::optional<std::int64_t> tally_total(db::Tx& tx, std::string_view program, const Filter& filter) {
  const auto by = narrowed(filter);
  if (!by) return std::nullopt;
  Teller teller(tx, program);
  if (teller.behind()) return std::nullopt;
  FacetCounts counts;
  put_states(counts, states_of(teller, *by), filter);
  return counts.total;
}

// Of so many that nobody counts them there is nothing to be walked.
bool is_too_many(db::Tx& tx, std::string_view program, const Filter& filter) {
  return tally_total(tx, program, filter).value_or(0) > kCounted;
}

// The tally may tell of fewer terms what it does not of all.
bool add_told(FacetCounts& counts, Field field, db::Tx& tx, std::string_view program, const Filter& others) {
  auto told = tally_counts(tx, program, others);
  if (!told || !told->values.contains(field)) return false;
  counts.values[field] = std::move(told->values[field]);
  return true;
}

constexpr Field kFacets[] = {Field::state, Field::country, Field::area, Field::flag, Field::assigned};

}  // namespace

void add_place(Tally& tally, const TallyPlace& place, std::int64_t n) {
  const auto add = [&](TallyFacet facet, std::string within, std::string value) {
    tally[{facet, std::move(within), std::move(value), place.state}] += n;
  };
  add(TallyFacet::all, "", "");
  add(TallyFacet::country, "", place.country);
  for (const std::string& area : words_in(place.areas)) {
    add(TallyFacet::area, "", area);
    if (place.country.empty()) continue;
    add(TallyFacet::country, area, place.country);
    add(TallyFacet::area, place.country, area);
  }
  for (const Flag flag : flags_in(static_cast<std::uint64_t>(place.flags))) {
    add(TallyFacet::flag, "", std::to_string(static_cast<int>(flag)));
  }
  if (place.assignee != kNobody) add(TallyFacet::assignee, "", std::to_string(place.assignee));
}

std::optional<FacetCounts> tally_counts(db::Tx& tx, std::string_view program, const Filter& filter) {
  const auto by = narrowed(filter);
  if (!by) return std::nullopt;
  Teller teller(tx, program);
  if (teller.behind()) return std::nullopt;
  FacetCounts counts;
  put_states(counts, states_of(teller, *by), filter);
  std::map<std::string, std::int64_t> countries, areas, flags, people;
  // Of each, what is narrowed besides it must be what it is paired with.
  if (by->flag.empty() && by->assignee.empty()) {
    add_sums(countries, teller.values(TallyFacet::country, by->area, filter));
    counts.values[Field::country] = listed(countries);
    if (by->countries.empty()) add_sums(areas, teller.values(TallyFacet::area, "", filter));
    for (const std::string& country : by->countries) add_sums(areas, teller.values(TallyFacet::area, country, filter));
    counts.values[Field::area] = listed(areas);
  }
  const bool alone = by->countries.empty() && by->area.empty();
  if (alone && by->assignee.empty()) {
    add_sums(flags, teller.values(TallyFacet::flag, "", filter));
    name_flags(flags);
    counts.values[Field::flag] = listed(flags);
  }
  if (alone && by->flag.empty()) {
    add_sums(people, teller.values(TallyFacet::assignee, "", filter));
    std::int64_t given = 0, all = 0;
    for (const auto& [person, n] : people) given += n;
    Narrowed nothing;
    for (const auto& [state, n] : states_of(teller, nothing)) all += wants(filter, state) ? n : 0;
    people["0"] = all - given;
    counts.values[Field::assigned] = listed(people);
  }
  return counts;
}

FacetCounts count_facets(db::Tx& tx, std::string_view program, const Filter& filter) {
  RowCounter rows(tx, program);
  FacetCounts counts;
  if (auto told = tally_counts(tx, program, filter)) {
    counts = std::move(*told);
  } else {
    const BoundedCount all = rows.count(filter);
    counts.total = all.n;
    counts.reach = all.reach;
  }
  for (const Field field : kFacets) {
    if (counts.values.contains(field)) continue;
    const Filter others = without(filter, field);
    if (others != filter && add_told(counts, field, tx, program, others)) continue;
    if (is_too_many(tx, program, others)) continue;
    if (const auto sums = rows.by(field, others)) counts.values[field] = listed(*sums);
  }
  return counts;
}

BoundedCount count(db::Tx& tx, std::string_view program, const Filter& filter) {
  if (const auto total = tally_total(tx, program, filter)) return {*total, FacetCounts::Reach::all};
  const Filter asked = for_counting(tx, filter);
  ComposedQuery query;
  compose_count(query, tx.dialect(), {.program = program, .filter = asked, .columns = Columns::facets},
                Counting::number);
  const db::Row found = tx.query_composed(query.text, query.values).at(0);  // aggregates: always one row
  return judged(found.integer(0), found.integer(1));
}

}  // namespace bursary::queue
