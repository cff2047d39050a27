// What a fuzz target promises about every input, beyond not crashing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fuzz {

inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {static_cast<const char*>(static_cast<const void*>(data)), size};
}

}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
