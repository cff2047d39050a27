// Mail that came back. GMime takes the report apart (docs/decisions/bounces.md); what it says is judged here.
#include "features/messages/desk.h"

#include <gmime/gmime.h>

#include <memory>
#include <mutex>

#include "base/crypto.h"
#include "base/derived_secret.h"
#include "base/text.h"
#include "features/audit/audit.h"
#include "features/messages/desk.sql.h"

namespace bursary::messages {

namespace desk_sql = sql::messages::desk;

namespace {

constexpr std::string_view kBouncePurpose = "bounce";
constexpr std::size_t kIdCharacters = 13;
constexpr std::size_t kCodeCharacters = 6;
constexpr std::size_t kLargestMail = std::size_t{4} << 20;
constexpr std::size_t kLongestReason = 400;  // characters

struct Release {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

void begin_gmime() {
  static std::once_flag begun;  // once in a process
  std::call_once(begun, [] { g_mime_init(); });
}

std::string clean(const char* text) {
  if (text == nullptr) return {};
  std::string line = without_hidden(repair_utf8(text));
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return std::string(first_characters(trim(line), kLongestReason));
}

// "smtp; 550 5.1.1 No such user" without its type.
std::string after_type(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  return std::string(trim(semicolon == std::string_view::npos ? value : value.substr(semicolon + 1)));
}

using Fields = std::map<std::string, std::string>;  // names in lower case

// The groups of a message/delivery-status, each a block of header lines (RFC 3464, section 2.1).
std::vector<Fields> groups_of(const std::string& text) {
  std::vector<Fields> groups(1);
  std::string* last = nullptr;
  std::size_t at = 0;
  const std::string clean_text = unify_newlines(repair_utf8(text));
  while (at < clean_text.size()) {
    const std::size_t end = std::min(clean_text.find('\n', at), clean_text.size());
    const std::string_view line = std::string_view(clean_text).substr(at, end - at);
    at = end + 1;
    if (trim(line).empty()) {
      if (!groups.back().empty()) groups.emplace_back();
      last = nullptr;
    } else if ((line[0] == ' ' || line[0] == '\t') && last != nullptr) {
      *last += " " + std::string(trim(line));
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
      last = &groups.back()[to_lower_ascii(trim(line.substr(0, colon)))];
      *last = trim(line.substr(colon + 1));
    }
  }
  return groups;
}

std::string field_value(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

Bounce::Kind kind_of(const Fields& fields) {
  const std::string action = to_lower_ascii(field_value(fields, "action"));
  if (action == "delayed") return Bounce::Kind::delayed;
  if (action != "failed") return Bounce::Kind::none;
  return field_value(fields, "status").starts_with('5') ? Bounce::Kind::hard : Bounce::Kind::soft;
}

// The worst that is told of any recipient: we write to one.
void judge(const std::string& status_text, Bounce& bounce) {
  for (const Fields& fields : groups_of(status_text)) {
    const Bounce::Kind kind = kind_of(fields);
    if (kind <= bounce.kind) continue;
    bounce.kind = kind;
    bounce.status = clean(field_value(fields, "status").c_str());
    bounce.reason = clean(after_type(field_value(fields, "diagnostic-code")).c_str());
  }
}

std::string content_of(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-cstyle-cast): GMime's own checked cast
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return {static_cast<const char*>(static_cast<const void*>(bytes->data)), bytes->len};
}

void look_at(GMimeObject*, GMimeObject* part, gpointer into) {
  GMimeContentType* type = g_mime_object_get_content_type(part);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-cstyle-cast): GMime's own checked cast
  if (type == nullptr || !g_mime_content_type_is_type(type, "message", "delivery-status") || !GMIME_IS_PART(part))
    return;
  judge(content_of(GMIME_PART(part)), *static_cast<Bounce*>(into));
}

void read_recipients(GMimeMessage* message, Bounce& bounce) {
  for (const char* name : {"X-Original-To", "Delivered-To", "Envelope-To", "To"}) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-cstyle-cast): GMime's own checked cast
    const char* value = g_mime_object_get_header(GMIME_OBJECT(message), name);
    std::string address = clean(value);
    if (const std::size_t open = address.rfind('<'); open != std::string::npos) {
      address = address.substr(open + 1);
      address = address.substr(0, address.find('>'));
    }
    if (!address.empty()) bounce.recipients.push_back(std::move(address));
  }
}

}  // namespace

Bounce read_bounce(std::string_view mail) {
  Bounce bounce;
  if (mail.empty() || mail.size() > kLargestMail) return bounce;
  begin_gmime();
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(mail.data(), mail.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return bounce;
  read_recipients(message.get(), bounce);
  g_mime_message_foreach(message.get(), look_at, &bounce);
  return bounce;
}

std::string envelope_for(std::string_view bounce_address, MessageId id, std::string_view secret) {
  const std::size_t at = bounce_address.rfind('@');
  const std::string named = derived_secret(kBouncePurpose, id.value, secret).substr(0, kIdCharacters);
  const std::string code = derived_code(kBouncePurpose, id.value, secret);
  return fmt::format("{}+{}{}{}", bounce_address.substr(0, at), to_lower_ascii(named), to_lower_ascii(code),
                     bounce_address.substr(at));
}

std::optional<MessageId> message_of_envelope(std::string_view address, std::string_view secret) {
  const std::size_t at = address.rfind('@');
  const std::size_t plus = address.substr(0, at).rfind('+');
  if (at == std::string_view::npos || plus == std::string_view::npos) return std::nullopt;
  // Some servers change the case of what stands before the @.
  std::string token = typed_code(address.substr(plus + 1, at - plus - 1));
  if (token.size() != kIdCharacters + kCodeCharacters) return std::nullopt;
  const auto bytes = from_base32(std::string_view(token).substr(0, kIdCharacters));
  if (!bytes || bytes->size() != 8) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : *bytes) value = value << 8 | static_cast<std::uint8_t>(c);
  const auto id = static_cast<std::int64_t>(value);
  if (id <= 0 || !same_secret(derived_code(kBouncePurpose, id, secret), token.substr(kIdCharacters)))
    return std::nullopt;
  return MessageId{id};
}

Result<bool> take_bounce(const DeskParts& parts, MessageId id, const Bounce& bounce) {
  if (bounce.kind != Bounce::Kind::soft && bounce.kind != Bounce::Kind::hard) return false;
  const std::string reason = trim(bounce.status + " " + bounce.reason).empty()
                                 ? std::string("It came back.")
                                 : std::string(trim(bounce.status + " " + bounce.reason));
  return parts.database.write([&](db::Tx& tx) -> Result<bool> {
    const auto row = tx.find(desk_sql::facts, id);
    // The same report twice changes nothing the second time.
    if (!row || tx.execute(desk_sql::came_back, reason, id) == 0) return false;
    const Instant now = parts.clock.now();
    if (bounce.kind == Bounce::Kind::hard)
      tx.execute(desk_sql::keep_trouble, to_lower_ascii(row->text(2)), reason, now);
    audit::write_event(tx, {parts.ids.next<audit::EventTag>(), row->maybe_integer(0), "mail_bounced",
                            audit::By::program(), now, fmt::format(R"({{"message":{}}})", id.value)});
    return true;
  });
}

}  // namespace bursary::messages
