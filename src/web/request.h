// A request as a plain value. net/ makes it; web/ and features read it; nobody here sees a socket.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"

namespace bursary::web {

enum class Method { get, head, post, put, patch, del, options, other };
std::string_view to_string(Method method);

// Field lines in order of arrival; names compared without case.
class Headers {
 public:
  void add(std::string name, std::string value) { lines_.emplace_back(std::move(name), std::move(value)); }
  void set(std::string_view name, std::string value);                 // replaces all of that name
  std::optional<std::string_view> find(std::string_view name) const;  // the first
  bool has(std::string_view name) const { return find(name).has_value(); }
  const std::vector<std::pair<std::string, std::string>>& lines() const { return lines_; }

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

// A body, whole: small ones in memory, larger ones spooled by net/ to an unlinked file and mapped.
class Body {
 public:
  virtual ~Body() = default;
  virtual std::string_view bytes() const = 0;
};
class MemoryBody final : public Body {
 public:
  explicit MemoryBody(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string_view bytes() const override { return bytes_; }

 private:
  std::string bytes_;
};

struct Request {
  Method method = Method::get;
  std::string path;   // percent-decoded, valid UTF-8, begins with '/', no NUL, no "//", no dot segments
  std::string query;  // raw, after '?'
  Headers headers;
  std::shared_ptr<const Body> body;  // null when there is none
  std::string peer;                  // client address, after trusted proxies
  bool secure = false;               // TLS, by us or by a trusted proxy
  std::string id;                    // request id, in every log line and error page
  Instant received;

  std::string_view body_bytes() const { return body ? body->bytes() : std::string_view{}; }
  std::string_view header(std::string_view name) const { return headers.find(name).value_or(std::string_view{}); }
  // "application/x-www-form-urlencoded": lower case, without parameters.
  std::string media_type() const;
  std::optional<std::string> cookie(std::string_view name) const;
  // First value of a query parameter, decoded; nothing when it is absent or not UTF-8.
  std::optional<std::string> parameter(std::string_view name) const;
};

}  // namespace bursary::web
