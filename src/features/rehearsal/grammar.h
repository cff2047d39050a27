// Texts from rules. A grammar is lines of
//
//   symbol = one way to say it | another, with {other_symbol} in it | …
//
// A line that begins with a space goes on with the rule above. {^symbol} begins with a capital; {3-40} is a whole number of that
// range, drawn evenly. Rules do not go round in circles.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/random.h"

namespace bursary::rehearsal {

class Grammar {
 public:
  // Throws std::logic_error for a rule that cannot be read, stands twice, is missing or goes round in circles.
  explicit Grammar(std::initializer_list<std::string_view> sources);

  // Appends one way to say `symbol`, which must be there.
  void say(std::string_view symbol, Random& random, std::string& out) const;
  std::string say(std::string_view symbol, Random& random) const;
  bool has(std::string_view symbol) const { return rules_.contains(std::string(symbol)); }

 private:
  struct Piece {
    enum class Kind { literal, rule, number } kind = Kind::literal;
    bool capital = false;
    std::string text;             // literal
    std::size_t rule = 0;         // index into ways_
    std::int64_t from = 0, to = 0;
  };
  using Way = std::vector<Piece>;

  void read(std::string_view source, std::vector<std::pair<std::string, std::string>>& rules) const;
  Way parse(std::string_view text) const;
  Piece slot(std::string_view inside) const;
  void check_depth(std::size_t rule, std::vector<int>& visited) const;
  void say(std::size_t rule, Random& random, std::string& out) const;

  std::unordered_map<std::string, std::size_t> rules_;
  std::vector<std::vector<Way>> ways_;
};

}  // namespace bursary::rehearsal
