// OpenID providers as pages show them. Private.
#pragma once
#include <vector>

#include "features/accounts/account_view.h"
#include "features/accounts/accounts.h"

namespace bursary::accounts {

// In the operator's order; none where none is configured.
std::vector<ProviderView> provider_views(const Parts& parts);

}  // namespace bursary::accounts
