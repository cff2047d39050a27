// Secrets that no row holds. Each is made of what it is for, an id and a key that only this installation has: the
// program can tell it again at any time, and whoever reads the database or a backup can open nothing with it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bursary {

// "<id in base 32>-<128 bits in base64url>", fit for a path. `purpose` keeps secrets for different things apart. Throws
// std::logic_error when `key` is shorter than 32 bytes.
std::string derived_secret(std::string_view purpose, std::int64_t id, std::string_view key);
// Which id a text of this form names; nothing is proved by that.
std::optional<std::int64_t> id_in_secret(std::string_view text);
// The id whose secret `text` is, compared in constant time.
std::optional<std::int64_t> read_derived_secret(std::string_view purpose, std::string_view text, std::string_view key);

// Six characters of Crockford's base 32 (30 bits), to be typed by a person: attempts must be counted.
std::string derived_code(std::string_view purpose, std::int64_t id, std::string_view key);
// A code as it is compared: upper case, O as 0, I and L as 1, without spaces and hyphens.
std::string typed_code(std::string_view typed);

}  // namespace bursary
