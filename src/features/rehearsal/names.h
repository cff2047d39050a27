// Common given and family names by group, and where people of each group work. Lists of common names: whoever comes out
// of them is nobody in particular.
#pragma once
#include <span>
#include <string_view>

namespace bursary::rehearsal {

// Names separated by spaces; "_" stands for a space within a name. "王/Wang": as written at home, and in Latin letters
// for the mail address.
struct NameGroup {
  std::string_view key;
  std::string_view given;
  std::string_view family;
};
std::span<const NameGroup> name_groups();

// How institutions are called: a key of the rules in people.cpp.
struct Place {
  std::string_view country;  // ISO 3166-1 alpha-2
  int weight;                // of all applications, in thousandths, roughly
  std::string_view groups;   // keys of name groups, separated by spaces
  std::string_view style;    // "en", "es", "pt", "fr", "de", "it"
  std::string_view cities;   // separated by commas; empty: the country's name stands in
};
std::span<const Place> places();

}  // namespace bursary::rehearsal
