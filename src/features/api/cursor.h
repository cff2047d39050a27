// Where a page of a list begins, as a text that only this installation can make: it says of which list and of which
// query it is, so that none is taken for another's. Public: api.h lists it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bursary::api {

// Numbers that say where a page begins; what they mean is the list's own.
using Place = std::vector<std::int64_t>;

// `list`: "applications newest"; `query`: what it is narrowed by, in one spelling.
std::string make_cursor(std::string_view secret, std::string_view list, std::string_view query, const Place& place);
// Nothing unless made for the same list and query with as many numbers as `size`.
std::optional<Place> read_cursor(std::string_view secret, std::string_view list, std::string_view query,
                                 std::string_view cursor, std::size_t size);

}  // namespace bursary::api
