#include "features/accounts/providers.h"

namespace bursary::accounts {

std::vector<ProviderView> provider_views(const Parts&) { return {}; }

}  // namespace bursary::accounts
