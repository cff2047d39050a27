// What a role may do: the one place that knows. Who has which role, in which program, are rows of role_grant.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace bursary::accounts {

// The codes are stored: never renumber.
enum class Role : std::int16_t { administrator = 0, coordinator = 1, reviewer = 2, safety_reviewer = 3, auditor = 4 };

inline constexpr Role kAllRoles[] = {Role::administrator, Role::coordinator, Role::reviewer, Role::safety_reviewer,
                                     Role::auditor};
std::string_view to_string(Role role);
std::optional<Role> role_named(std::string_view name);

// Names of web::Permission; empty for a code that is none of these, which may do nothing.
std::set<std::string, std::less<>> permissions_of(Role role);

}  // namespace bursary::accounts
