// What a role may do: the one place that knows. Who has which role, in which program, are rows of role_grant.
#pragma once
#include <cstdint>
#include <set>
#include <string>

namespace bursary::accounts {

// The codes are stored: never renumber.
enum class Role : std::int16_t { administrator = 0, coordinator = 1, reviewer = 2, safety_reviewer = 3, auditor = 4 };

// Names of web::Permission; empty for a code that is none of these, which may do nothing.
std::set<std::string, std::less<>> permissions_of(Role role);

}  // namespace bursary::accounts
