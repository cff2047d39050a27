// What people.html and invitation.html show.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "features/accounts/account_view.h"

namespace bursary::accounts {

struct RoleView {
  std::string key;
  Phrase name, does;
  bool everywhere = false;
};
struct MemberView {
  std::int64_t id = 0;
  std::string name, emails;
  bool weak = false;
  std::vector<RoleView> roles;   // that they have
  std::vector<RoleView> others;  // that they have not
};
struct WaitingView {
  std::int64_t id = 0;
  std::string email, facts;
};
struct PeopleView {
  std::string form_token;
  Phrase done;
  RefusedView refused;
  std::vector<MemberView> members;
  std::vector<WaitingView> waiting;
  std::vector<RoleView> roles;  // all of them
};

struct InvitationView {
  std::string path;  // where the button posts; empty: the invitation has ended
  std::string inviter, email;
  Phrase role;
};

}  // namespace bursary::accounts
