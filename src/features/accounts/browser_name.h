// A browser and its system in words that their owner knows again: "Firefox, Linux". A part of accounts.
#pragma once
#include <string>
#include <string_view>

namespace bursary::accounts {

// Of a User-Agent header, which says what it likes; empty when it names nothing known.
std::string browser_name(std::string_view user_agent);

}  // namespace bursary::accounts
