#include "features/queue/query_match.h"

#include <fmt/format.h>

#include "base/search_words.h"
#include "base/text.h"
#include "features/queue/query_parse.h"

namespace bursary::queue {
namespace {

using Kind = QueryNode::Kind;

class Matcher {
 public:
  explicit Matcher(db::Dialect dialect) : sqlite_(dialect == db::Dialect::sqlite), dialect_(dialect) {}

  // Of terms that all hold; empty when there is no word in them.
  std::string all(const std::vector<QueryNode>& terms) const {
    std::string with, without;
    for (const QueryNode& term : terms) {
      const std::string part = one(term);
      if (part.empty()) continue;
      std::string& side = term.negated ? without : with;
      if (!side.empty()) side += term.negated ? either() : both();
      side += part;
    }
    if (with.empty() || without.empty()) return with;
    return sqlite_ ? fmt::format("({}) NOT ({})", with, without) : fmt::format("({}) & !({})", with, without);
  }

  std::string facet(std::string_view name, const std::vector<std::string>& values) const {
    std::string out;
    for (const std::string& value : values) {
      if (!out.empty()) out += either();
      out += quoted(facet_word(dialect_, name, value));
    }
    return values.size() > 1 ? "(" + out + ")" : out;
  }

  std::string institution(std::string_view words) const {
    std::string out;
    for (const std::string& word : search_parts(words)) {
      if (!out.empty()) out += both();
      out += quoted(facet_word(dialect_, "institution", word)) + (sqlite_ ? " *" : ":*");
    }
    return out;
  }

  std::string_view both() const { return sqlite_ ? " AND " : " & "; }

 private:
  std::string_view either() const { return sqlite_ ? " OR " : " | "; }

  // A word of search_parts holds letters, digits and marks alone, and a facet's value what a program's files allow; a
  // quote is doubled all the same.
  std::string quoted(std::string_view word) const {
    const char quote = sqlite_ ? '"' : '\'';
    std::string out(1, quote);
    for (const char c : word) {
      if (c == quote) out += quote;
      if (c == '\\' && !sqlite_) out += '\\';
      out += c;
    }
    return out + quote;
  }

  std::string words(std::string_view text, std::string_view between) const {
    std::string out;
    const auto parts = search_parts(text);
    for (const std::string& word : parts) {
      if (!out.empty()) out += between;
      out += quoted(word);
    }
    return parts.size() > 1 ? "(" + out + ")" : out;
  }

  std::string one(const QueryNode& term) const {
    switch (term.kind) {
      case Kind::word:
        return words(term.text, both());
      case Kind::phrase:
        return words(term.text, sqlite_ ? " + " : " <-> ");
      case Kind::any_of: {
        std::string out;
        for (const QueryNode& child : term.children) {
          const std::string part = one(child);
          if (part.empty()) continue;
          if (!out.empty()) out += either();
          out += part;
        }
        return out.empty() ? out : "(" + out + ")";
      }
      case Kind::all_of: {
        const std::string out = all(term.children);
        return out.empty() ? out : "(" + out + ")";
      }
      case Kind::field:
        return words(term.text, both());
    }
    return {};
  }

  bool sqlite_;
  db::Dialect dialect_;
};

}  // namespace

std::string facet_word(db::Dialect dialect, std::string_view facet, std::string_view value) {
  // FTS5 keeps facets in a column of their own. In the one tsvector they are told from words by '#', which no word
  // holds.
  const char mark = dialect == db::Dialect::sqlite ? '0' : '#';
  return fmt::format("{}{}{}{}", mark, facet, mark, to_lower_ascii(value));
}

std::string match_expression(db::Dialect dialect, const Filter& filter) {
  const Matcher matcher(dialect);
  const std::string body = matcher.all(parse_query(filter.text).terms);
  std::string facets = matcher.institution(filter.institution);
  if (body.empty() && facets.empty()) return {};
  const auto add = [&](std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    if (!facets.empty()) facets += matcher.both();
    facets += matcher.facet(name, values);
  };
  add("country", filter.countries);
  for (const auto& group : filter.areas) add("area", group);
  if (dialect == db::Dialect::postgres) {
    return body.empty() ? facets : facets.empty() ? body : "(" + body + ") & " + facets;
  }
  std::string out;
  if (!body.empty()) out = "body : (" + body + ")";
  if (!facets.empty()) out += (out.empty() ? "facets : (" : " AND facets : (") + facets + ")";
  return out;
}

}  // namespace bursary::queue
