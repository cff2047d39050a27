// The queue's query language as text: a search field's content into a tree with positions. Pure; knows no field, no
// program, no language. What the names mean is query_read.h; docs/query-language.md is for people.
//
//   query  := item*                          every item holds
//   item   := term ("OR" term)*              one of the terms holds: words, phrases and brackets alone
//   term   := ["-"] (word | phrase | field | "(" query ")")
//   phrase := '"' … '"'
//   field  := name ":" value ("," value)*    a value is a run without white space and commas, or a phrase
//
// "AND" between items says what holds anyway. Never throws; what is wrong is left out of the tree and told with the
// place where it stands.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"

namespace bursary::queue {

inline constexpr std::size_t kLongestQuery = 4000;  // bytes
inline constexpr std::size_t kMostTerms = 100;
inline constexpr std::size_t kDeepestQuery = 4;  // brackets in brackets

// Bytes [begin, end) of the query; never inside a character.
struct Span {
  std::size_t begin = 0, end = 0;
  bool operator==(const Span&) const = default;
};

struct QueryValue {
  std::string text;
  bool quoted = false;
  Span span;
};

struct QueryNode {
  enum class Kind { word, phrase, field, any_of, all_of };
  Kind kind = Kind::word;
  bool negated = false;
  Span span;                       // with its minus
  std::string text;                // of a word or a phrase; a field's name as typed
  Span name;                       // of a field
  std::vector<QueryValue> values;  // of a field; at least one
  std::vector<QueryNode> children;
};

struct QueryProblem {
  Span span;
  Phrase message;
  std::optional<std::string> instead = std::nullopt;  // what to write there
};

struct ParsedQuery {
  std::vector<QueryNode> terms;        // each of them holds
  std::vector<QueryProblem> problems;  // in order
};

// `text` is UTF-8. Too long or too many terms: no terms and one problem.
ParsedQuery parse_query(std::string_view text);

// The same terms as text that parses to them again: single spaces, quotes only where they must be.
std::string to_text(const std::vector<QueryNode>& terms);
std::string to_text(const QueryNode& term);
// A field's values with commas between, in quotes where they have to be.
std::string to_value_text(const std::vector<std::string>& values);

}  // namespace bursary::queue
