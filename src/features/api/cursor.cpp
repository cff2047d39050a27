#include "features/api/cursor.h"

#include <charconv>

#include "base/crypto.h"

namespace bursary::api {
namespace {

constexpr std::size_t kProof = 12;  // bytes of the HMAC: a cursor opens nothing, it only may not be made up

std::string proof_of(std::string_view secret, std::string_view list, std::string_view query, std::string_view place) {
  std::string of = "bursary cursor 1";
  for (const std::string_view part : {list, query, place}) of.append(1, '\0').append(part);
  const Sha256 hash = hmac_sha256(secret, of);
  return std::string(bytes_of(hash).substr(0, kProof));
}

}  // namespace

std::string make_cursor(std::string_view secret, std::string_view list, std::string_view query, const Place& place) {
  std::string text;
  for (const std::int64_t number : place) text += (text.empty() ? "" : ".") + std::to_string(number);
  return to_base64url(text + "/" + proof_of(secret, list, query, text));
}

std::optional<Place> read_cursor(std::string_view secret, std::string_view list, std::string_view query,
                                 std::string_view cursor, std::size_t size) {
  const auto bytes = from_base64url(cursor);
  if (!bytes) return std::nullopt;
  const auto slash = bytes->find('/');
  if (slash == std::string::npos) return std::nullopt;
  const std::string_view text = std::string_view(*bytes).substr(0, slash);
  if (!same_secret(std::string_view(*bytes).substr(slash + 1), proof_of(secret, list, query, text)))
    return std::nullopt;
  Place place;
  for (const char* at = text.data(); at < text.data() + text.size();) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(at, text.data() + text.size(), number);
    if (problem != std::errc()) return std::nullopt;
    place.push_back(number);
    at = end + 1;
  }
  return place.size() == size ? std::optional(std::move(place)) : std::nullopt;
}

}  // namespace bursary::api
