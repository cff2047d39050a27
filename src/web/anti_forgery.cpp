// Which posts are our own: by origin, and by a token bound to what the browser holds.
#include "base/crypto.h"
#include "base/text.h"
#include "web/pipeline.h"

namespace bursary::web {
namespace {

// "https://Host:443" and "Host" as one thing: scheme, then lower-case host with its port only where it is not the
// usual.
std::string without_usual_port(std::string_view host, std::string_view scheme) {
  std::string out = to_lower_ascii(host);
  const std::string_view usual = scheme == "https" ? ":443" : ":80";
  if (out.ends_with(usual)) out.resize(out.size() - usual.size());
  return out;
}

bool is_own(std::string_view origin, const Request& request) {
  const std::size_t colon = origin.find("://");
  if (colon == std::string_view::npos) return false;  // also "null"
  const std::string scheme = to_lower_ascii(origin.substr(0, colon));
  if (scheme != "https" && scheme != "http") return false;
  // Under TLS a plain page of the same host is somebody in the middle. Without, TLS may end at a proxy we know nothing
  // of.
  if (request.secure && scheme != "https") return false;
  const std::string host = without_usual_port(request.header("Host"), scheme);
  return !host.empty() && without_usual_port(origin.substr(colon + 3), scheme) == host;
}

}  // namespace

bool is_same_origin(const Request& request) {
  const auto site = request.headers.find("Sec-Fetch-Site");
  const auto origin = request.headers.find("Origin");
  if (!site && !origin) return false;
  if (site && *site != "same-origin") return false;
  return !origin || is_own(*origin, request);
}

std::string form_token(std::string_view form_secret, std::string_view bound_to) {
  // The label keeps these apart from anything else that is ever signed with the same key.
  return to_base64url(bytes_of(hmac_sha256(form_secret, std::string("form token\n").append(bound_to))));
}

}  // namespace bursary::web
