// Numbers out of file bytes, and what several kinds of file must not be.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bursary::forms {

// Nothing when the bytes end before.
std::optional<std::uint32_t> little16(std::string_view bytes, std::size_t at);
std::optional<std::uint32_t> little32(std::string_view bytes, std::size_t at);
std::optional<std::uint32_t> big16(std::string_view bytes, std::size_t at);
std::optional<std::uint32_t> big32(std::string_view bytes, std::size_t at);

// Where the record is that ends a ZIP archive: the last one whose comment reaches exactly to the end of the bytes.
// A file of another kind that has one is an archive too.
std::optional<std::size_t> zip_end(std::string_view bytes);

// Windows, ELF, Mach-O, Java class, WebAssembly, scripts with "#!".
bool is_program(std::string_view bytes);

}  // namespace bursary::forms
