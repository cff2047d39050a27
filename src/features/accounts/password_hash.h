// Passwords: what is taken as one, and how it is kept. libsodium's Argon2id and zxcvbn underneath. No I/O; hashing
// takes some 15 ms of a core and 19 MiB, so never in a transaction. A part of accounts, not of its public face.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bursary::accounts {

inline constexpr std::size_t kShortestPassword = 12, kLongestPassword = 256;  // characters

// Error{invalid} with what to do: too short, too long, or among the first that somebody would try. `own` are words of
// its person, such as their address: a password made of them is no better than none.
Result<void> check_new_password(std::string_view password, const std::vector<std::string>& own);

// Argon2id, 19 MiB, two passes (OWASP Password Storage), with its salt and parameters.
std::string hash_password(std::string_view password);
// An empty hash takes the same time and never holds: so nobody can tell whether an account has a password.
bool password_holds(const std::string& hash, std::string_view password);
// It was made with other parameters than today's.
bool wants_new_hash(const std::string& hash);

}  // namespace bursary::accounts
