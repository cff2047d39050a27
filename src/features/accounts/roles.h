// What a role may do: the one place that knows. Until roles have a table of their own, a staff row names one.
#pragma once
#include <set>
#include <string>
#include <string_view>

namespace bursary::accounts {

// Names of web::Permission; empty for an unknown role, which may do nothing.
std::set<std::string, std::less<>> permissions_of(std::string_view role);

inline constexpr std::string_view kAdministrator = "administrator";

}  // namespace bursary::accounts
