// Files that the build puts into the binary.
#pragma once
#include <span>
#include <string_view>

namespace bursary {

struct EmbeddedFile {
  std::string_view path;  // relative to the embedded folder, '/' between parts
  std::string_view bytes;
};
std::span<const EmbeddedFile> embedded_locales();  // locales/
std::span<const EmbeddedFile> embedded_program();  // programs/researcher-access/
std::span<const EmbeddedFile> embedded_assets();   // built from assets/

}  // namespace bursary
