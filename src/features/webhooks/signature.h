// Standard Webhooks 1.0: secrets ("whsec_" and base64) and signatures ("v1," and base64 of HMAC-SHA-256 over
// "<id>.<seconds>.<body>").
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace bursary::webhooks {

// 32 bytes, made of the installation's key; another for each webhook and generation.
std::string secret_bytes(std::string_view key, std::int64_t webhook, int generation);
std::string secret_text(std::string_view bytes);
std::string signature(std::string_view secret_bytes, std::string_view id, std::int64_t seconds, std::string_view body);

}  // namespace bursary::webhooks
