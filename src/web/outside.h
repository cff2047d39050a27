// What features need from the world beyond the database, as interfaces: implemented in net/, handed in by app/.
#pragma once
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace bursary::web {

// One message, composed whole by whoever sends it.
struct OutgoingMail {
  std::string sender;      // envelope address, "apply@example.org"; no display name, no angle brackets
  std::string recipient;   // one envelope address; its domain in ASCII, its local part perhaps not
  std::string message_id;  // as in the content, "<…@…>": the same id is the same message, however often it is tried
  std::string content;     // RFC 5322 text with MIME headers; lines end in CRLF or LF
};

enum class Delivery {
  sent,              // the other side has taken responsibility
  refused_now,       // nothing was taken; trying later may help
  refused_for_good,  // nothing was taken and the same message will never be
  maybe_sent,        // the connection died after the text was handed over: a retry could make a second copy
};

struct SendResult {
  Delivery delivery = Delivery::refused_now;
  std::string detail;  // for staff and the log: the other side's words; never holds a password
};

class MailSender {
 public:
  virtual ~MailSender() = default;
  // Blocks until the message has left or has failed, within the sender's own time limits. Any thread. Never throws for
  // what the outside does.
  virtual SendResult send(const OutgoingMail& mail) = 0;
};

// A request of ours to somebody else's server.
struct OutgoingRequest {
  std::string url;  // http(s)://…; nothing else is asked
  std::string method = "GET";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds timeout{10'000};   // of the whole
  std::size_t largest = std::size_t{1} << 20;  // bytes of the answer
  // Addresses of this machine and of private networks are asked only where the operator named them: what a stranger
  // typed must not reach what stands behind the firewall.
  bool private_network = false;
};
struct OutgoingAnswer {
  int status = 0;
  std::string media_type;  // without parameters
  std::string body;
};

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // Blocks, within the request's time. A redirect is an answer and is not followed. Error{unavailable} with the reason
  // for the log when there is no answer, Error{forbidden} when the address may not be asked. Any thread.
  virtual Result<OutgoingAnswer> fetch(const OutgoingRequest& request) = 0;
};

}  // namespace bursary::web
