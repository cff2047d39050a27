// The small program, and how a test spoils it.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "features/programs/small_program.h"

namespace bursary::programs {

// Replaces the first occurrence, which must be there.
inline void replace(Files& files, const std::string& file, std::string_view from, std::string_view to) {
  std::string& text = files[file];
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, file << " does not hold: " << std::string(from));
  text.replace(at, from.size(), to);
}

// The 1-based line on which `piece` begins; 0 when it is nowhere.
inline int line_of(const std::string& text, std::string_view piece) {
  const std::size_t at = text.find(piece);
  if (at == std::string::npos) return 0;
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace bursary::programs
