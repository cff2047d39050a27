// Reading one Cookie header (RFC 6265 section 5.4); writing is set_cookie in web/response.h.
#pragma once
#include <optional>
#include <string_view>

namespace bursary::web {

// The first cookie of that exact name. A pair without '=' is no cookie; quotes around a value are part of it.
std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name);

}  // namespace bursary::web
