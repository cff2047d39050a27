#include "features/queue/query_sql.h"

#include <fmt/format.h>

#include "base/id.h"
#include "base/search_words.h"
#include "base/text.h"

namespace bursary::queue {
namespace {

using applications::State;

constexpr std::string_view kColumns =
    "a.queue_id, a.id, a.reference, a.state, a.applicant_name, a.institution, a.country, a.area, a.locale, a.flags, "
    "a.submitted_at";

// Every state that a queue shows: all but drafts and what became of them.
constexpr State kShown[] = {State::submitted, State::screening, State::in_review,  State::decided,
                            State::awarded,   State::declined,  State::waitlisted, State::returned,
                            State::on_hold,   State::withdrawn, State::closed};

// How far the time in a queue id may be from submitted_at.
constexpr std::chrono::hours kDateSlack{24};

class Composer {
 public:
  Composer(ComposedQuery& query, db::Dialect dialect, std::string_view program, const Filter& filter,
           const Cursor& cursor, std::size_t size)
      : query_(query), dialect_(dialect), filter_(filter) {
    query_.texts.reserve(8);  // values point into it
    program_ = text_value(program);
    size_ = number_value(static_cast<std::int64_t>(size));
    newest_first_ = !cursor.newer_than;
    set_bounds(cursor);
    if (filter_.from) from_ = number_value(filter_.from->micros);
    if (filter_.until) until_ = number_value(filter_.until->micros);
    if (!filter_.area.empty()) area_ = text_value(filter_.area);
    if (!filter_.country.empty()) country_ = text_value(filter_.country);
    if (filter_.flag) flag_ = number_value(static_cast<std::int64_t>(*filter_.flag));
  }

  void compose() {
    if (std::string match = match_expression(dialect_, filter_); !match.empty()) {
      query_.text =
          dialect_ == db::Dialect::sqlite ? search_sqlite(text_value(match)) : search_postgres(text_value(match));
    } else if (filter_.flag) {
      query_.text = by_flag();
    } else if (filter_.state) {
      query_.text = by_state(*filter_.state);
    } else {
      query_.text = by_every_state();
    }
  }

 private:
  std::string placeholder() const { return fmt::format("?{}", query_.values.size()); }
  std::string text_value(std::string_view text) {
    query_.texts.emplace_back(text);
    query_.values.emplace_back(std::string_view(query_.texts.back()));
    return dialect_ == db::Dialect::postgres ? fmt::format("cast({} as text)", placeholder()) : placeholder();
  }
  std::string number_value(std::int64_t number) {
    query_.values.emplace_back(number);
    return dialect_ == db::Dialect::postgres ? fmt::format("cast({} as bigint)", placeholder()) : placeholder();
  }

  // Dates are bounds of the queue's order as well, so that a list of last spring does not walk through everything
  // since. This rests on where a queue id comes from: every submission takes it, on every way in, together with
  // submitted_at (prepare_submission in applications/submission_prepare.cpp; a draft has none), and what the rehearsal
  // makes up has one made of its submitted_at. Both come from one clock; when that is set back, ids stay ahead of it
  // until it has caught up, hence the slack. dates() compares exactly.
  //
  // One lower and one upper bound at most: a database takes one of each to the index and checks others row by row.
  void set_bounds(const Cursor& cursor) {
    std::optional<std::int64_t> at_least, below;
    if (filter_.from) at_least = first_id_at(*filter_.from - kDateSlack);
    if (filter_.until) below = first_id_at(*filter_.until + kDateSlack);
    if (cursor.newer_than) at_least = std::max(at_least.value_or(0), *cursor.newer_than + 1);
    if (cursor.older_than) below = std::min(below.value_or(*cursor.older_than), *cursor.older_than);
    if (at_least) at_least_ = number_value(*at_least);
    if (below) below_ = number_value(*below);
  }
  std::string between(std::string_view column) const {
    std::string sql;
    if (!at_least_.empty()) sql += fmt::format(" and {} >= {}", column, at_least_);
    if (!below_.empty()) sql += fmt::format(" and {} < {}", column, below_);
    return sql;
  }

  // A stretch of an index whose columns are `key` and queue_id, and its order. PostgreSQL is told in rows: from equal
  // columns its planner may conclude that another index gives the order as well, and walk that one past a hundred
  // thousand rows of other states.
  struct Key {
    std::string_view column;
    std::string value;
  };
  std::string stretch(std::string_view driver, const std::vector<Key>& key) const {
    std::string columns, values, equal;
    for (const auto& [column, value] : key) {
      columns += fmt::format("{}.{}, ", driver, column);
      values += value + ", ";
      equal += fmt::format("{}{}.{} = {}", equal.empty() ? "" : " and ", driver, column, value);
    }
    if (dialect_ == db::Dialect::sqlite) return equal + between(fmt::format("{}.queue_id", driver));
    return fmt::format("({0}{1}.queue_id) >= ({2}{3}) and ({0}{1}.queue_id) < ({2}{4})", columns, driver, values,
                       at_least_.empty() ? "cast(0 as bigint)" : at_least_,
                       below_.empty() ? "cast(9223372036854775807 as bigint)" : below_);
  }
  std::string order(std::string_view driver, const std::vector<Key>& key) const {
    const std::string_view direction = newest_first_ ? "desc" : "asc";
    std::string columns;
    if (dialect_ == db::Dialect::postgres) {
      for (const auto& one : key) columns += fmt::format("{}.{} {}, ", driver, one.column, direction);
    }
    return fmt::format("order by {}{}.queue_id {} limit {}", columns, driver, direction, size_);
  }

  std::string dates() const {
    std::string sql;
    if (!from_.empty()) sql += fmt::format(" and a.submitted_at >= {}", from_);
    if (!until_.empty()) sql += fmt::format(" and a.submitted_at < {}", until_);
    return sql;
  }
  std::string has_area() const {
    if (area_.empty()) return {};
    return fmt::format(
        " and exists (select 1 from application_area r"
        " where r.program = a.program and r.area = {} and r.state = a.state and r.queue_id = a.queue_id)",
        area_);
  }
  // What an index other than by country or area leaves to be checked row by row.
  std::string residue() const {
    std::string sql;
    if (filter_.state) sql += fmt::format(" and a.state = {}", static_cast<int>(*filter_.state));
    if (!country_.empty()) sql += fmt::format(" and a.country = {}", country_);
    return sql + has_area();
  }

  // One state: the narrowest index drives, the rest is looked up by key.
  std::string by_state(State state) const {
    std::vector<Key> key = {{"program", program_}};
    const bool by_area = country_.empty() && !area_.empty();
    if (by_area) key.push_back({"area", area_});
    if (!country_.empty()) key.push_back({"country", country_});
    key.push_back({"state", std::to_string(static_cast<int>(state))});
    if (by_area) {
      return fmt::format(
          "select {} from application_area d join application a on a.queue_id = d.queue_id"
          " where {}{} {}",
          kColumns, stretch("d", key), dates(), order("d", key));
    }
    return fmt::format("select {} from application a where {}{}{} {}", kColumns, stretch("a", key), dates(), has_area(),
                       order("a", key));
  }

  // Every state: the newest of each, merged.
  std::string by_every_state() const {
    std::string sql = "select * from (";
    for (const State state : kShown) {
      if (state != kShown[0]) sql += " union all ";
      sql += fmt::format("select * from ({}) s{}", by_state(state), static_cast<int>(state));
    }
    return sql + fmt::format(") a order by a.queue_id {} limit {}", newest_first_ ? "desc" : "asc", size_);
  }

  std::string by_flag() const {
    const std::vector<Key> key = {{"kind", flag_}};
    return fmt::format(
        "select {} from flag d join application a on a.queue_id = d.queue_id"
        " where {} and a.program = {}{}{} {}",
        kColumns, stretch("d", key), program_, dates(), residue(), order("d", key));
  }
  std::string has_flag() const {
    if (flag_.empty()) return {};
    return fmt::format(" and exists (select 1 from flag f where f.application_id = a.id and f.kind = {})", flag_);
  }

  std::string search_sqlite(const std::string& match) const {
    return fmt::format(
        "select {} from application_text t join application a on a.queue_id = t.rowid"
        " where application_text match {}{} and a.program = {}{}{}{}"
        " order by t.rowid {} limit {}",
        kColumns, match, between("t.rowid"), program_, dates(), residue(), has_flag(), newest_first_ ? "desc" : "asc",
        size_);
  }

  // The match is materialised first: otherwise the planner walks a whole index looking for one rare word.
  std::string search_postgres(const std::string& match) const {
    const std::string_view direction = newest_first_ ? "desc" : "asc";
    return fmt::format(
        "with m as materialized (select queue_id from application_text where body @@ cast({} as tsquery){})"
        " select {} from (select queue_id from m order by queue_id {}) n"
        " cross join lateral (select * from application x where x.queue_id = n.queue_id offset 0) a"
        " where a.program = {}{}{}{}"
        " order by n.queue_id {} limit {}",
        match, between("queue_id"), kColumns, direction, program_, dates(), residue(), has_flag(), direction, size_);
  }

  ComposedQuery& query_;
  db::Dialect dialect_;
  const Filter& filter_;
  bool newest_first_ = true;
  std::string program_, size_, at_least_, below_, from_, until_, area_, country_, flag_;
};

// A word of search_parts holds letters, digits and marks alone, and a facet's value what a program's files allow; a
// quote is doubled all the same.
std::string quoted_word(std::string_view word, char quote) {
  std::string out(1, quote);
  for (const char c : word) {
    if (c == quote) out += quote;
    if (c == '\\') out += '\\';
    out += c;
  }
  return out + quote;
}

// The words of one phrase as FTS5 or tsquery take them.
std::string phrase_expression(db::Dialect dialect, std::string_view phrase) {
  std::string out;
  const auto words = search_parts(phrase);
  for (const auto& word : words) {
    if (!out.empty()) out += dialect == db::Dialect::sqlite ? " + " : " <-> ";
    out += quoted_word(word, dialect == db::Dialect::sqlite ? '"' : '\'');
  }
  return words.size() > 1 && dialect == db::Dialect::postgres ? "(" + out + ")" : out;
}

}  // namespace

std::string facet_word(db::Dialect dialect, std::string_view facet, std::string_view value) {
  // FTS5 keeps facets in a column of their own. In the one tsvector they are told from words by '#', which no word
  // holds.
  const char mark = dialect == db::Dialect::sqlite ? '0' : '#';
  return fmt::format("{}{}{}{}", mark, facet, mark, to_lower_ascii(value));
}

std::string match_expression(db::Dialect dialect, const Filter& filter) {
  const bool sqlite = dialect == db::Dialect::sqlite;
  const std::string_view both = sqlite ? " AND " : " & ";
  std::string body;
  const auto add = [&](std::string_view phrase, bool whole) {
    if (whole) {
      if (const std::string part = phrase_expression(dialect, phrase); !part.empty())
        body += (body.empty() ? "" : std::string(both)) + part;
      return;
    }
    for (const auto& word : search_parts(phrase)) {
      body += (body.empty() ? "" : std::string(both)) + quoted_word(word, sqlite ? '"' : '\'');
    }
  };
  // Text between double quotes is a phrase; an unclosed quote is no quote.
  std::string_view rest = filter.text;
  while (!rest.empty()) {
    const auto open = rest.find('"');
    const auto close = open == std::string_view::npos ? open : rest.find('"', open + 1);
    if (close == std::string_view::npos) {
      add(rest, false);
      break;
    }
    add(rest.substr(0, open), false);
    add(rest.substr(open + 1, close - open - 1), true);
    rest.remove_prefix(close + 1);
  }
  if (body.empty()) return {};
  std::string facets;
  const auto add_facet = [&](std::string_view facet, std::string_view value) {
    if (value.empty()) return;
    facets +=
        (facets.empty() ? "" : std::string(both)) + quoted_word(facet_word(dialect, facet, value), sqlite ? '"' : '\'');
  };
  add_facet("country", filter.country);
  add_facet("area", filter.area);
  if (sqlite) return facets.empty() ? "body : (" + body + ")" : "body : (" + body + ") AND facets : (" + facets + ")";
  return facets.empty() ? body : body + " & " + facets;
}

void compose_list(ComposedQuery& query, db::Dialect dialect, std::string_view program, const Filter& filter,
                  const Cursor& cursor, std::size_t size) {
  Composer(query, dialect, program, filter, cursor, size).compose();
}

}  // namespace bursary::queue
