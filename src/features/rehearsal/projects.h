// What an applicant wants to do, in words: from the rules of texts.h.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/random.h"
#include "features/rehearsal/grammar.h"

namespace bursary::rehearsal {

// The rules of every area in both languages, read once. Immutable: any thread.
class Projects {
 public:
  explicit Projects(const std::vector<std::string>& areas);

  // Paragraphs of 80 to 330 words, in "es" or else English.
  std::string description(std::string_view area, std::string_view locale, Random& random) const;
  // One way to say a symbol of the common rules: "comment", "resources", "model_reason".
  std::string say(std::string_view symbol, std::string_view area, std::string_view locale, Random& random) const;
  // One to three titles with links, one a line.
  std::string past_research(std::string_view area, std::string_view locale, Random& random) const;

 private:
  const Grammar& rules(std::string_view area, std::string_view locale) const;

  std::map<std::string, Grammar, std::less<>> english_, spanish_;
};

}  // namespace bursary::rehearsal
