// The one precompiled header: what nearly every file uses and nothing that is dear.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

// fmt's library holds this one; undeclared, every file that logs would build the whole formatter again. Clang writes
// its name in another way than g++, by which the library is built.
#ifndef __clang__
extern template void fmt::detail::vformat_to<char>(fmt::detail::buffer<char>&, fmt::string_view, fmt::format_args,
                                                   fmt::detail::locale_ref);
#endif
