// What an identity provider sends, read without trusting its shape. Private.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bursary::accounts {

// Nobody is let in; `why` is for the operator's log.
[[nodiscard]] tl::unexpected<Error> provider_refused(std::string why);

// Empty where the text is not a JSON object.
boost::json::object object_in(std::string_view text);
// Empty where there is no such member, or it is no string.
std::string text_in(const boost::json::object& object, std::string_view name);

}  // namespace bursary::accounts
