// What a handler knows beside its request: who asks, in which language, with which anti-forgery token.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "html/phrasebook.h"

namespace bursary::web {

struct PersonTag;
using PersonId = Id<PersonTag>;

// Who asks. Anonymous people and link holders are nobody in particular.
struct Viewer {
  std::optional<PersonId> person;
  std::string name;
  std::vector<std::string> emails;                 // verified, in lower case
  std::set<std::string, std::less<>> permissions;  // to_string(Permission) of what the session grants
  bool strong = false;                             // signed in by more than their mail
  Instant proved_at;                               // when they last proved who they are; only where `strong`
  std::int64_t session = 0;  // names the session among those of its person; 0: none, or an old one
  // How much waits for them as an applicant, for the header of their pages: asks the database. Null: nobody counts.
  std::function<std::int64_t()> waiting = nullptr;
  std::int64_t token = 0;  // the service token that asks in its maker's name; 0: a person by themself

  // Lately enough for what a session left open must not do.
  bool proved_since(Instant when) const { return strong && proved_at >= when; }
  bool may(std::string_view permission) const { return permissions.contains(permission); }
  bool is_staff() const { return !permissions.empty(); }
};

struct Context {
  const html::Phrasebook& phrases;
  Viewer viewer;
  Instant now;
  std::map<std::string, std::string, std::less<>> path_values;
  // Token bound to the session's secret; empty when there is no session. Put it in every form as `_token`.
  std::string form_token;
  std::string session_secret;  // empty without a session; never shown

  const std::string& path_value(std::string_view name) const;  // empty when there is none such
};

// Implemented by feature `accounts`, handed in by app/.
class Sessions {
 public:
  virtual ~Sessions() = default;
  // The viewer of a session cookie, or nothing when it is unknown, ended or too old.
  virtual std::optional<Viewer> find(std::string_view session_secret, Instant now) = 0;
  // The viewer of a service token (Viewer::token is set), or nothing when it is unknown, revoked, expired, or its maker
  // is gone. Asked on routes of the API alone.
  virtual std::optional<Viewer> find_token(std::string_view token, Instant now);
};

}  // namespace bursary::web
