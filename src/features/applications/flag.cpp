#include "features/applications/applications.h"

namespace bursary::applications {

std::string_view to_string(Flag flag) {
  switch (flag) {
    case Flag::unsupported_country:
      return "unsupported_country";
    case Flag::near_duplicate:
      return "near_duplicate";
    case Flag::no_proof_of_work:
      return "no_proof_of_work";
    case Flag::honeypot:
      return "honeypot";
    case Flag::bot_speed:
      return "bot_speed";
    case Flag::ineligible:
      return "ineligible";
    case Flag::sanctions_list:
      return "sanctions_list";
    case Flag::policy_conflict:
      return "policy_conflict";
    case Flag::incomplete:
      return "incomplete";
    case Flag::attention:
      return "attention";
  }
  return "unknown";
}

std::optional<Flag> flag_named(std::string_view name) {
  const auto* found = std::ranges::find(kAllFlags, name, [](Flag flag) { return to_string(flag); });
  return found == std::ranges::end(kAllFlags) ? std::nullopt : std::optional(*found);
}

}  // namespace bursary::applications
