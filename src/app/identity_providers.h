// The operator's file of OpenID providers (docs/operators.md).
#pragma once
#include <filesystem>
#include <vector>

#include "base/result.h"
#include "features/accounts/accounts.h"

namespace bursary::app {

// Every mistake is an Error that names the provider and the mend. A secret stands in a file of its own beside this one,
// which others may not read.
Result<std::vector<accounts::Provider>> read_identity_providers(const std::filesystem::path& file);

}  // namespace bursary::app
