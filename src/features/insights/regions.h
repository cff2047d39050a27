// The part of the world that a country belongs to, for figures of more than one country. By the United Nations' "M49"
// macro regions, Americas as two. Pure.
#pragma once
#include <string_view>

namespace bursary::insights {

inline constexpr std::string_view kRegions[] = {"africa",        "asia",    "europe", "latin_america",
                                                "north_america", "oceania", "other"};
// One of kRegions; "other" for what is none of them, or nothing.
std::string_view region_of(std::string_view country);

}  // namespace bursary::insights
