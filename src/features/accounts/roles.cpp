#include "features/accounts/roles.h"

#include "web/router.h"

namespace bursary::accounts {
namespace {

using Permissions = std::set<std::string, std::less<>>;

Permissions named(std::initializer_list<web::Permission> permissions) {
  Permissions names;
  for (const web::Permission permission : permissions) names.emplace(web::to_string(permission));
  return names;
}

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::administrator:
      return "administrator";
    case Role::coordinator:
      return "coordinator";
    case Role::reviewer:
      return "reviewer";
    case Role::safety_reviewer:
      return "safety_reviewer";
    case Role::auditor:
      return "auditor";
  }
  return "unknown";
}

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : kAllRoles) {
    if (to_string(role) == name) return role;
  }
  return std::nullopt;
}

std::set<std::string, std::less<>> permissions_of(Role role) {
  using enum web::Permission;
  switch (role) {
    case Role::administrator:
      return named({staff, read_applications, export_applications, screen_applications, decide_applications,
                    read_messages, send_messages, read_audit, manage_people, manage_program});
    case Role::coordinator:
      return named({staff, read_applications, export_applications, screen_applications, decide_applications,
                    read_messages, send_messages});
    // Sees all of it and changes nothing.
    case Role::auditor:
      return named({staff, read_applications, export_applications, read_messages, read_audit});
    // Reviewers see what is assigned to them, which is not the queue.
    case Role::reviewer:
    case Role::safety_reviewer:
      return named({staff});
  }
  return {};
}

}  // namespace bursary::accounts
