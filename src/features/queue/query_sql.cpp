#include "features/queue/query_sql.h"

#include <fmt/format.h>

#include "base/id.h"
#include "features/queue/labels.h"
#include "features/queue/query_checks.h"
#include "features/queue/query_match.h"

namespace bursary::queue {
namespace {

using applications::Flag;
using applications::State;

// How far the time in a queue id may be from submitted_at.
constexpr std::chrono::hours kDateSlack{24};
// Stretches that are merged into one list: with more, what they would be narrowed by is checked row by row.
constexpr std::size_t kMostBranches = 44;

std::string_view columns_of(Columns columns) {
  switch (columns) {
    case Columns::facets:
      return "a.queue_id, a.state, a.country, a.areas, a.flags, a.assignee";
    case Columns::chosen:
      return "a.queue_id, a.id, a.state";
    case Columns::list:
      break;
  }
  return "a.queue_id, a.id, a.reference, a.state, a.applicant_name, a.institution, a.country, a.area, a.locale, "
         "a.flags, "
         "a.submitted_at, a.updated_at, a.assignee";
}

// A stretch of an index whose columns are `key` and queue_id, and its order.
struct Key {
  std::string_view column;
  std::string value;
};
using Branch = std::vector<Key>;

class Composer {
 public:
  // Which checks are made: PostgreSQL wants every value that it is given to be used.
  enum class Made { none, beside_facets, all };
  Composer(ComposedQuery& query, db::Dialect dialect, const ListQuery& asked, Made made)
      : values_(query, dialect), postgres_(dialect == db::Dialect::postgres), asked_(asked), f_(asked.filter) {
    descending_ = (f_.sort != Sort::oldest) != goes_back(f_, asked.cursor);
    match_ = match_expression(dialect, f_);
    walk_ = most_walked(f_);
    choose_driver();
    if (driver_ == Driver::update) {
      set_update_bounds();
    } else {
      set_bounds();
    }
    if (made == Made::none) return;
    Checks checks(values_, f_, driver_);
    dates_ = checks.dates();
    if (made == Made::all) checks_ = checks.of_facets();
    checks_ += checks.beside_facets();
  }

  bool walks_in_vain() const { return !checks_.empty(); }

  std::string list() {
    if (driver_ == Driver::text) return postgres_ ? search_postgres() : search_sqlite();
    if (driver_ == Driver::update) return by_update(columns(), size(), {});
    if (branches_.size() == 1) return branch(branches_.front());
    std::string sql = "select * from (";
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      if (i > 0) sql += joint();
      sql += fmt::format("select * from ({}) s{}", branch(branches_[i]), i);
    }
    return sql + fmt::format(") a order by a.queue_id {} limit {}", direction(), size());
  }

  std::string bound() {
    const std::string_view far = descending_ ? "max" : "min";
    if (driver_ == Driver::update) {
      return fmt::format("select {}(q) from ({}) b", far,
                         by_update("a.updated_at as q", "1", fmt::format(" offset {}", walk_)));
    }
    if (driver_ == Driver::text) {
      const std::string walk = number_value(walk_);
      const std::string match = text_value(match_);
      if (postgres_) {
        return fmt::format(
            "select {}(q) from (select queue_id as q from (select queue_id from application_text where body @@ cast({} "
            "as "
            "tsquery){} offset 0) m order by queue_id {} limit 1 offset {}) b",
            far, match, between("queue_id"), direction(), walk);
      }
      return fmt::format(
          "select {}(q) from (select rowid as q from application_text where application_text match {}{} order by rowid "
          "{} "
          "limit 1 offset {}) b",
          far, match, between("rowid"), direction(), walk);
    }
    const std::int64_t walk = walk_ / static_cast<std::int64_t>(branches_.size());
    std::string sql;
    for (const Branch& key : branches_) {
      const std::string_view driver = driver_alias();
      sql += fmt::format("{}select * from (select {}.queue_id as q from {} {} where {} {} limit 1 offset {}) s{}",
                         sql.empty() ? "" : " union all ", driver, driver_table(), driver, stretch(driver, key),
                         order(driver), walk, sql.size());
    }
    return fmt::format("select {}(q) from ({}) b", far, sql);
  }

  // From the driver to the application: SQLite takes the word `cross` for the order in which to go.
  std::string_view join_rows() const {
    return postgres_ ? " join application a on a.queue_id = d.queue_id"
                     : " cross join application a on a.queue_id = d.queue_id";
  }

  // In no order: the first rows of all branches together, then what is checked.
  std::string counted(Counting what) {
    const bool bare = what == Counting::number && dates_.empty() && checks_.empty() && !any_program() &&
                      driver_ != Driver::text && driver_ != Driver::update;
    const std::string inner = bare ? branches_joined("") : walked();
    const std::string limited = fmt::format("select * from ({}) u limit {}", inner, number_value(kCountedWalk + 1));
    if (bare) return fmt::format("select count(*), count(*) from ({}) a", limited);
    const std::string fits = "case when 1 = 1" + dates_ + checks_ + " then 1 else 0 end";
    if (what == Counting::rows)
      return fmt::format("select {}, {} from ({}) a", columns_of(Columns::facets), fits, limited);
    return fmt::format("select count(*), coalesce(sum({}), 0) from ({}) a", fits, limited);
  }

 private:
  bool any_program() const { return driver_ == Driver::assignee || driver_ == Driver::flag; }

  // What counting and its checks look at.
  static constexpr std::string_view kWalked =
      "a.id, a.program, a.queue_id, a.state, a.country, a.areas, a.flags, a.locale, a.assignee, a.submitted_at, "
      "a.updated_at";
  std::string walked() {
    if (driver_ == Driver::update) {
      return fmt::format("select {} from application a where a.program = {} and a.queue_id is not null{}", kWalked,
                         program(), updates_);
    }
    if (driver_ != Driver::text) return branches_joined(kWalked);
    const std::string match = text_value(match_);
    if (postgres_) {
      return fmt::format(
          "select {} from (select queue_id from application_text where body @@ cast({} as tsquery){} limit {}) t join "
          "application a on a.queue_id = t.queue_id where a.program = {}",
          kWalked, match, between("queue_id"), number_value(kCountedWalk + 1), program());
    }
    return fmt::format(
        "select {} from application_text t cross join application a on a.queue_id = t.rowid where application_text "
        "match "
        "{}{} "
        "and a.program = {}",
        kWalked, match, between("t.rowid"), program());
  }
  // Empty columns: the driver's own key alone.
  std::string branches_joined(std::string_view columns) {
    const std::string_view driver = driver_alias();
    std::string sql;
    for (const Branch& key : branches_) {
      if (!sql.empty()) sql += joint();
      const std::string named = columns.empty() ? fmt::format("{}.queue_id", driver) : std::string(columns);
      const bool join = driver == "d" && !columns.empty();
      sql += fmt::format("select {} from {} {}{} where {}{}", named, driver_table(), driver, join ? join_rows() : "",
                         stretch(driver, key), any_program() ? " and a.program = " + program() : "");
    }
    // Only along its index does PostgreSQL come to the bound before it has passed what is older.
    return driver_ == Driver::program ? sql + " " + order("a") : sql;
  }

  // An application has one state, but may be in two areas that are asked for: what several branches have comes once. It
  // costs what sorting costs, and nothing comes before everything is there.
  std::string_view joint() const {
    const bool overlap = (driver_ == Driver::area && f_.areas.front().size() > 1) ||
                         (driver_ == Driver::flag && f_.flags.front().size() > 1);
    return overlap ? " union " : " union all ";
  }

  std::string text_value(std::string_view text) { return values_.text(text); }
  std::string number_value(std::int64_t number) { return values_.number(number); }
  // Made when a statement names them.
  const std::string& program() {
    if (program_.empty()) program_ = text_value(asked_.program);
    return program_;
  }
  const std::string& size() {
    if (size_.empty()) size_ = number_value(static_cast<std::int64_t>(asked_.size));
    return size_;
  }
  std::string_view columns() const { return columns_of(asked_.columns); }
  std::string_view direction() const { return descending_ ? "desc" : "asc"; }

  std::string_view driver_alias() const { return driver_ == Driver::area || driver_ == Driver::flag ? "d" : "a"; }
  std::string_view driver_table() const {
    if (driver_ == Driver::area) return "application_area";
    return driver_ == Driver::flag ? "flag" : "application";
  }

  void choose_driver() {
    const std::size_t states = f_.states.empty() ? std::size(kShownStates) : f_.states.size();
    if (!match_.empty()) {
      driver_ = Driver::text;
    } else if (f_.sort == Sort::updated) {
      driver_ = Driver::update;
    } else if (!f_.flags.empty()) {
      driver_ = Driver::flag;
      for (const Flag flag : f_.flags.front()) branches_.push_back({{"kind", std::to_string(static_cast<int>(flag))}});
    } else if (!f_.assigned.empty() && std::ranges::find(f_.assigned, kNobody) == f_.assigned.end()) {
      driver_ = Driver::assignee;
      for (const std::int64_t person : f_.assigned) branches_.push_back({{"assignee", number_value(person)}});
    } else if (!f_.countries.empty() && f_.countries.size() * states <= kMostBranches) {
      driver_ = Driver::country;
      add_by_state("country", f_.countries);
    } else if (!f_.areas.empty() && f_.areas.front().size() * states <= kMostBranches) {
      driver_ = Driver::area;
      add_by_state("area", f_.areas.front());
    } else if (f_.states.empty()) {
      driver_ = Driver::program;
      branches_.push_back({{"program", program()}});
    } else {
      driver_ = Driver::state;
      for_each_state([&](State state) { branches_.push_back({{"program", program()}, state_key(state)}); });
    }
  }
  template <class Take>
  void for_each_state(const Take& take) const {
    for (const State state : kShownStates) {
      if (f_.states.empty() || std::ranges::find(f_.states, state) != f_.states.end()) take(state);
    }
  }
  static Key state_key(State state) { return {"state", std::to_string(static_cast<int>(state))}; }
  void add_by_state(std::string_view column, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      const std::string given = text_value(value);
      for_each_state([&](State state) {
        branches_.push_back({{"program", program()}, {column, given}, state_key(state)});
      });
    }
  }

  // Dates are bounds of the queue's order as well, so that a list of last spring does not walk through everything
  // since. This rests on where a queue id comes from: every submission takes it, on every way in, together with
  // submitted_at (prepare_submission in applications/submission_prepare.cpp; a draft has none), and what the rehearsal
  // makes up has one made of its submitted_at. Both come from one clock; when that is set back, ids stay ahead of it
  // until it has caught up, hence the slack. dates() compares exactly.
  //
  // One lower and one upper bound at most: a database takes one of each to the index and checks others row by row.
  void set_bounds() {
    std::optional<std::int64_t> at_least, below;
    const auto raise = [&](std::int64_t least) { at_least = std::max(at_least.value_or(least), least); };
    const auto lower = [&](std::int64_t most) { below = std::min(below.value_or(most), most); };
    const Stretch& on = f_.submitted;
    if (on.from) raise(first_id_at(Instant{*on.from} - kDateSlack));
    if (on.until) lower(first_id_at(Instant{*on.until} + kDateSlack));
    if (asked_.cursor.newer_than) raise(*asked_.cursor.newer_than + 1);
    if (asked_.cursor.older_than) lower(*asked_.cursor.older_than);
    if (asked_.bound && descending_) raise(*asked_.bound);
    if (asked_.bound && !descending_) lower(*asked_.bound + 1);
    if (at_least) at_least_ = number_value(*at_least);
    if (below) below_ = number_value(*below);
  }
  std::string between(std::string_view column) const {
    std::string sql;
    if (!at_least_.empty()) sql += fmt::format(" and {} >= {}", column, at_least_);
    if (!below_.empty()) sql += fmt::format(" and {} < {}", column, below_);
    return sql;
  }

  // In the order by change a cursor is a moment and a queue id.
  void set_update_bounds() {
    std::optional<std::int64_t> from = f_.updated.from, until = f_.updated.until;
    if (asked_.bound && descending_) from = std::max(from.value_or(*asked_.bound), *asked_.bound);
    if (asked_.bound && !descending_) until = std::min(until.value_or(*asked_.bound + 1), *asked_.bound + 1);
    if (from) updates_ += fmt::format(" and a.updated_at >= {}", number_value(*from));
    if (until) updates_ += fmt::format(" and a.updated_at < {}", number_value(*until));
    const auto place = [&](std::int64_t queue_id, std::string_view sign) {
      const std::string moment = number_value(asked_.cursor.updated_at);
      updates_ += fmt::format(" and (a.updated_at, a.queue_id) {} ({}, {})", sign, moment, number_value(queue_id));
    };
    if (asked_.cursor.older_than) place(*asked_.cursor.older_than, "<");
    if (asked_.cursor.newer_than) place(*asked_.cursor.newer_than, ">");
  }
  std::string by_update(std::string_view columns, std::string_view limit, std::string_view offset) {
    return fmt::format(
        "select {} from application a where a.program = {} and a.queue_id is not null{}{} "
        "order by a.updated_at {}, a.queue_id {} limit {}{}",
        columns, program(), updates_, dates_ + checks_, direction(), direction(), limit, offset);
  }

  // All columns of an index but its last are equal, so that it begins and ends at the queue ids that are asked for.
  std::string stretch(std::string_view driver, const Branch& key) const {
    std::string sql;
    for (const Key& one : key) sql += fmt::format("{}.{} = {} and ", driver, one.column, one.value);
    return fmt::format("{}{}.queue_id is not null{}", sql, driver, between(fmt::format("{}.queue_id", driver)));
  }
  // No queue id is null here. The index over all of a program says where it would put them, lest PostgreSQL walk that
  // one past other states where the index of one state is asked for (migration 15): so this order must say it, too.
  std::string order(std::string_view driver) const {
    const std::string_view nulls = driver_ != Driver::program ? "" : descending_ ? " nulls last" : " nulls first";
    return fmt::format("order by {}.queue_id {}{}", driver, direction(), nulls);
  }
  std::string branch(const Branch& key) {
    const std::string_view driver = driver_alias();
    const std::string rest = (any_program() ? " and a.program = " + program() : "") + dates_ + checks_;
    const std::string ordered = fmt::format("{} limit {}", order(driver), size());
    if (driver == "a")
      return fmt::format("select {} from application a where {}{} {}", columns(), stretch("a", key), rest, ordered);
    return fmt::format("select {} from {} d{} where {}{} {}", columns(), driver_table(), join_rows(), stretch("d", key),
                       rest, ordered);
  }

  std::string search_sqlite() {
    return fmt::format(
        "select {} from application_text t cross join application a on a.queue_id = t.rowid"
        " where application_text match {}{} and a.program = {}{}{} order by t.rowid {} limit {}",
        columns(), text_value(match_), between("t.rowid"), program(), dates_, checks_, direction(), size());
  }

  // The match is materialised first: otherwise the planner walks a whole index looking for one rare word.
  std::string search_postgres() {
    return fmt::format(
        "with m as materialized (select queue_id from application_text where body @@ cast({} as tsquery){})"
        " select {} from (select queue_id from m order by queue_id {}{}) n"
        " cross join lateral (select * from application x where x.queue_id = n.queue_id offset 0) a"
        " where a.program = {}{}{} order by n.queue_id {} limit {}",
        text_value(match_), between("queue_id"), columns(), direction(),
        checks_.empty() ? "" : " limit " + number_value(walk_ + 1), program(), dates_, checks_, direction(), size());
  }

  Placeholders values_;
  bool postgres_;
  const ListQuery& asked_;
  const Filter& f_;
  bool descending_ = true;
  std::int64_t walk_ = kWalk;
  Driver driver_ = Driver::state;
  std::vector<Branch> branches_;
  std::string program_, size_, at_least_, below_, updates_, dates_, match_, checks_;
};

}  // namespace

std::int64_t most_walked(const Filter& filter) {
  const auto beside = static_cast<std::int64_t>(filter.readings.size()) + (filter.has_file ? 1 : 0);
  return kWalk / std::max<std::int64_t>(1, beside);
}

bool goes_back(const Filter& filter, const Cursor& cursor) {
  return filter.sort == Sort::oldest ? cursor.older_than.has_value() : cursor.newer_than.has_value();
}

void compose_list(ComposedQuery& query, db::Dialect dialect, const ListQuery& asked) {
  query.text = Composer(query, dialect, asked, Composer::Made::all).list();
}

void compose_count(ComposedQuery& query, db::Dialect dialect, const ListQuery& asked, Counting what) {
  const auto made = what == Counting::rows ? Composer::Made::beside_facets : Composer::Made::all;
  query.text = Composer(query, dialect, asked, made).counted(what);
}

bool compose_bound(ComposedQuery& query, db::Dialect dialect, const ListQuery& asked) {
  ComposedQuery tried;
  if (!Composer(tried, dialect, asked, Composer::Made::all).walks_in_vain()) return false;
  query.text = Composer(query, dialect, asked, Composer::Made::none).bound();
  // A stretch of one index, whatever its key is; a word may be in ten texts or in half of all.
  if (match_expression(dialect, asked.filter).empty()) query.planned = db::Tx::Planned::once;
  return true;
}

}  // namespace bursary::queue
