#include "base/derived_secret.h"
#include "features/applications/applications.h"

namespace bursary::applications {
namespace {
constexpr std::string_view kLinkPurpose = "bursary private link 1";
}

LinkSecret LinkSecret::make(ApplicationId id, Random& random) {
  // Of a key that is forgotten at once.
  return {derived_secret(kLinkPurpose, id.value, random_token(random, 32))};
}

LinkSecret LinkSecret::derive(ApplicationId id, std::string_view secret, std::int64_t generation) {
  if (generation == 0) return {derived_secret(kLinkPurpose, id.value, secret)};
  return {derived_secret(fmt::format("{}, made anew {}", kLinkPurpose, generation), id.value, secret)};
}

std::optional<ApplicationId> LinkSecret::id_of(std::string_view text) {
  const std::optional<std::int64_t> id = id_in_secret(text);
  return id ? std::optional(ApplicationId{*id}) : std::nullopt;
}

}  // namespace bursary::applications
