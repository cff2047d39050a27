#include "web/pipeline.h"

namespace bursary::web {
namespace {

// Every source is this site's own. 'none' where nothing is used at all.
constexpr std::string_view kContentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors "
    "'none'";

constexpr std::pair<std::string_view, std::string_view> kHeaders[] = {
    {"Content-Security-Policy", kContentPolicy},
    {"X-Content-Type-Options", "nosniff"},
    // Private links are paths: no other site may learn them. Not "no-referrer", which would blank the Origin of our own
    // forms.
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy",
     "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), "
     "usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

constexpr std::string_view kTransportSecurity = "max-age=31536000; includeSubDomains";

}  // namespace

void add_security_headers(Headers& headers, bool secure) {
  for (const auto& [name, value] : kHeaders) {
    if (!headers.has(name)) headers.add(std::string(name), std::string(value));
  }
  if (secure) headers.set("Strict-Transport-Security", std::string(kTransportSecurity));
}

}  // namespace bursary::web
