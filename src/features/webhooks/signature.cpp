#include "features/webhooks/signature.h"

#include "base/crypto.h"

namespace bursary::webhooks {
namespace {

// RFC 4648 section 4, which the specification asks for.
std::string to_base64(std::string_view bytes) {
  std::string text = to_base64url(bytes);
  for (char& c : text) {
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

}  // namespace

std::string secret_bytes(std::string_view key, std::int64_t webhook, int generation) {
  if (key.size() < 32) throw std::logic_error("the key of webhooks' secrets is too short");
  return std::string(bytes_of(hmac_sha256(key, fmt::format("bursary webhook 1\n{}\n{}", webhook, generation))));
}

std::string secret_text(std::string_view bytes) { return "whsec_" + to_base64(bytes); }

std::string signature(std::string_view secret_bytes, std::string_view id, std::int64_t seconds, std::string_view body) {
  const Sha256 mac = hmac_sha256(secret_bytes, fmt::format("{}.{}.{}", id, seconds, body));
  return "v1," + to_base64(bytes_of(mac));
}

}  // namespace bursary::webhooks
