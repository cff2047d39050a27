// Texts from rules. A grammar is lines of
//
//   symbol = one way to say it | another, with {other_symbol} in it | …
//
// A line that begins with a space goes on with the rule above. {^symbol} begins with a capital; {3-40} is a whole
// number of that range, drawn evenly. Rules do not go round in circles. A rule written "symbol* =" is a subject: one
// telling keeps to one way of it, and to a second where two different ones are needed.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <map>
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

  // What was said so far in one text: its subjects, and which ways of what was asked for are used up.
  class Telling {
   private:
    friend class Grammar;
    struct Subject {
      std::size_t first = 0, second = 0;
      bool settled = false;
      std::size_t last = 0;
      int said = 0;  // in this sentence
    };
    std::map<std::size_t, Subject> subjects_;
    std::map<std::size_t, std::vector<std::size_t>> used_;
  };

  // Appends one way to say `symbol`, which must be there; not one that this telling asked for and got before, while
  // there are others.
  void say(std::string_view symbol, Random& random, Telling& telling, std::string& out) const;
  std::string say(std::string_view symbol, Random& random) const;
  bool has(std::string_view symbol) const { return rules_.contains(std::string(symbol)); }

 private:
  struct Piece {
    enum class Kind { literal, rule, number } kind = Kind::literal;
    bool capital = false;
    std::string text;      // literal
    std::size_t rule = 0;  // index into ways_
    std::int64_t from = 0, to = 0;
  };
  using Way = std::vector<Piece>;

  void read(std::string_view source, std::vector<std::pair<std::string, std::string>>& rules) const;
  Way parse(std::string_view text) const;
  Piece slot(std::string_view inside) const;
  void check_depth(std::size_t rule, std::vector<int>& visited) const;
  std::size_t subject_way(std::size_t rule, Random& random, Telling& telling) const;
  std::size_t fresh_way(std::size_t rule, Random& random, Telling& telling) const;
  void say_way(const Way& way, Random& random, Telling& telling, std::string& out) const;

  std::unordered_map<std::string, std::size_t> rules_;
  std::vector<std::vector<Way>> ways_;
  std::vector<bool> is_subject_;
};

}  // namespace bursary::rehearsal
