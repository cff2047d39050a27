// What a handler knows beside its request: who asks, in which language, with which anti-forgery token.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"
#include "html/phrasebook.h"

namespace bursary::web {

struct StaffTag;
using StaffId = Id<StaffTag>;

// Who asks. Anonymous people and link holders have no staff id.
struct Viewer {
  std::optional<StaffId> staff;
  std::string name;
  std::set<std::string, std::less<>> permissions;  // to_string(Permission) of what the session grants
  bool may(std::string_view permission) const { return permissions.contains(permission); }
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
};

}  // namespace bursary::web
