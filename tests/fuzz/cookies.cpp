// What else arrives in header lines: cookies, query strings, preferred languages, origins, addresses.
// modules: web
#include "web/cookies.h"
#include "base/text.h"
#include "tests/fuzz/require.h"
#include "web/address.h"
#include "web/pipeline.h"

using namespace bursary;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text(data, size);
  if (const auto value = web::find_cookie(input, "session")) {
    fuzz::require(value->find(';') == std::string_view::npos && !value->starts_with(' ') && !value->ends_with(' '));
  }
  web::Request request;
  request.query = input;
  if (const auto value = request.parameter("q"))
    fuzz::require(is_utf8(*value) && value->find('\0') == std::string::npos);
  static const auto books = html::Phrasebooks::build({"en", "es"}, {});
  fuzz::require(books->has(books->negotiate(input).tag()));
  request.secure = true;
  request.headers.add("Host", "apply.example.org");
  request.headers.add("Origin", std::string(input));
  if (web::is_same_origin(request)) {
    const std::string origin = to_lower_ascii(input);
    fuzz::require(origin == "https://apply.example.org" || origin == "https://apply.example.org:443");
  }
  fuzz::require(web::rate_key(input).size() <= 16);
  if (web::is_local_path(input))
    fuzz::require(input.starts_with('/') && !input.starts_with("//") &&
                  input.find_first_of("\r\n") == std::string_view::npos);
  return 0;
}
