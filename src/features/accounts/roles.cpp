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

std::set<std::string, std::less<>> permissions_of(Role role) {
  using enum web::Permission;
  switch (role) {
    case Role::administrator:
    case Role::coordinator:
    case Role::auditor:
      return named({read_applications, export_applications});
    // Reviewers see what is assigned to them, which is not the queue.
    case Role::reviewer:
    case Role::safety_reviewer:
      return {};
  }
  return {};
}

}  // namespace bursary::accounts
