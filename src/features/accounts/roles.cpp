#include "features/accounts/roles.h"

#include "web/router.h"

namespace bursary::accounts {

std::set<std::string, std::less<>> permissions_of(std::string_view role) {
  if (role != kAdministrator) return {};
  return {std::string(web::to_string(web::Permission::read_applications)),
          std::string(web::to_string(web::Permission::export_applications))};
}

}  // namespace bursary::accounts
