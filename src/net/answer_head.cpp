#include "net/answer_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <variant>

#include "base/text.h"
#include "web/pipeline.h"

namespace bursary::net {
namespace {

struct Reason {
  int status;
  std::string_view phrase;
};
constexpr Reason kReasons[] = {
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

std::string_view reason_of(int status) {
  const auto found =
      std::find_if(std::begin(kReasons), std::end(kReasons), [&](const Reason& r) { return r.status == status; });
  return found == std::end(kReasons) ? std::string_view{} : found->phrase;
}

bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(),
                      [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
}

bool is_ours(std::string_view name) {
  for (const std::string_view ours : {"Content-Length", "Transfer-Encoding", "Connection", "Date", "X-Request-Id"})
    if (equal_ignoring_case_ascii(name, ours)) return true;
  return false;
}

}  // namespace

void append_status_line(std::string& out, int status) {
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", std::clamp(status, 100, 599), reason_of(status));
}

bool append_header(std::string& out, std::string_view name, std::string_view value) {
  if (!is_token(name) || !is_value(value)) return false;
  out.append(name).append(": ").append(value).append("\r\n");
  return true;
}

bool append_head(std::string& out, const web::Response& response, const Framing& framing, std::string_view date,
                 std::string_view request_id) {
  append_status_line(out, response.status);
  for (const auto& [name, value] : response.headers.lines())
    if (!is_ours(name) && !append_header(out, name, value)) return false;
  out.append("Date: ").append(date).append("\r\nX-Request-Id: ").append(request_id).append("\r\n");
  if (framing.chunked) {
    out.append("Transfer-Encoding: chunked\r\n");
  } else if (framing.length && response.status >= 200 && response.status != 204 && response.status != 304) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *framing.length);
  }
  if (!framing.keep) {
    out.append("Connection: close\r\n");
  } else if (!framing.http_1_1) {
    out.append("Connection: keep-alive\r\n");
  }
  out.append("\r\n");
  return true;
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

web::Response plain_refusal(int status) {
  web::Response response = web::plain_text(fmt::format("{} {}\n", status, reason_of(status)), status);
  if (!response.headers.has("Cache-Control")) response.header("Cache-Control", "no-store");
  web::add_security_headers(response.headers, false);
  if (status == 503 || status == 429) response.header("Retry-After", "2");
  return response;
}

std::string whole_answer(const web::Response& response, std::string_view date, std::string_view request_id) {
  const auto* body = std::get_if<std::string>(&response.body);
  std::string out;
  if (!body || !append_head(out, response, Framing{body->size(), false, false, true}, date, request_id)) return {};
  return out.append(*body);
}

}  // namespace bursary::net
