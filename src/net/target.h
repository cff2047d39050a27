// What a request line asks for: a path that means one thing only, and a query as it was sent.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace bursary::net {

struct Target {
  std::string path;            // decoded, UTF-8, begins with '/', no "//", no dot segment, no NUL or control character
  std::string_view query;      // raw, points into what was parsed
  std::string_view authority;  // of an absolute target ("http://host/path"): it goes before the Host line
};

// Origin form and absolute form. Nothing when the path could be read in two ways: a broken or overlong escape, bad
// UTF-8, an encoded slash, a backslash, "..", an empty segment.
std::optional<Target> parse_target(std::string_view target);

// "/apply" as it stands: the path of a target that needs no decoding and no query, or nothing. Cheap.
std::optional<std::string_view> plain_path(std::string_view target);

// A host and perhaps a port, with none of the characters that could turn one into another in a link or a log.
bool is_host(std::string_view host);

}  // namespace bursary::net
