// The rules that projects are told by (see grammar.h). Every area defines the same symbols over the common ones:
//   topic, question, hypothesis, method, measure, stake
#pragma once
#include <string_view>

namespace bursary::rehearsal {

std::string_view common_rules();                     // English
std::string_view area_rules(std::string_view area);  // by the option's key; what is unknown is told as "other"
std::string_view spanish_common_rules();
std::string_view spanish_area_rules(std::string_view area);

}  // namespace bursary::rehearsal
