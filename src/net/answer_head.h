// The head of an answer as bytes. What does not fit into a header line cannot get into one.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "web/response.h"

namespace bursary::net {

// "HTTP/1.1 404 Not Found\r\n"
void append_status_line(std::string& out, int status);
// Nothing is written and false returned when the name is no token or the value holds a control character.
[[nodiscard]] bool append_header(std::string& out, std::string_view name, std::string_view value);

// How the body that follows is framed.
struct Framing {
  std::optional<std::uint64_t> length;  // absent: chunked, or until the connection ends
  bool chunked = false;
  bool keep = true;  // whether another request may follow
  bool http_1_1 = true;
};
// Status line, the response's own headers, Date, X-Request-Id, framing, the empty line. A handler's own Content-Length,
// Transfer-Encoding, Connection and Date are left out: they are the server's to say.
[[nodiscard]] bool append_head(std::string& out, const web::Response& response, const Framing& framing,
                               std::string_view date, std::string_view request_id);

// Whether an answer of that status has a body at all (204, 304 and 1xx have none).
bool may_have_body(int status);

// A refusal in a few words, for when the page of the site cannot be drawn or is too dear.
web::Response plain_refusal(int status);
// Head and body in one, with the connection's end; for answers outside of any session.
std::string whole_answer(const web::Response& response, std::string_view date, std::string_view request_id);

}  // namespace bursary::net
