// What service_tokens.html and service_token_made.html show.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"

namespace bursary::accounts {

struct ScopeView {
  std::string name;
  Phrase does;
  bool chosen = false;
};
struct LifeView {
  int days = 0;
  bool chosen = false;
};
struct TokenRowView {
  std::int64_t id = 0;
  std::string name, maker, scopes, created, expires, used;  // used: empty, never
  Phrase state;
  std::string state_class;
  bool good = false;
};
struct TokensView {
  std::string form_token;
  Phrase done;
  std::vector<TokenRowView> rows;
  std::vector<ScopeView> scopes;
  std::vector<LifeView> lives;
  std::string name;                                                 // as typed
  std::string name_problem, scopes_problem, days_problem, problem;  // words; problem: of none of them
  bool refused() const {
    return !name_problem.empty() || !scopes_problem.empty() || !days_problem.empty() || !problem.empty();
  }
};
struct TokenMadeView {
  std::string secret, name, example;
};

}  // namespace bursary::accounts
