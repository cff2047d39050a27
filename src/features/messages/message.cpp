#include <fmt/format.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "base/crypto.h"
#include "features/messages/message.sql.h"
#include "features/messages/message_row.h"
#include "features/messages/messages.h"

namespace bursary::messages {
namespace {

// Texts are strings; a private link is {"opens": "draft", "id": 42}.
std::string values_json(const NewMessage& message) {
  boost::json::object object;
  for (const auto& [name, value] : message.placeholders) object[name] = value;
  for (const auto& [name, link] : message.links) object[name] = {{"opens", link.opens}, {"id", link.id}};
  return boost::json::serialize(object);
}

void read_values(const std::string& json, Message& message) {
  const boost::json::value document = boost::json::parse(json);
  for (const auto& [name, value] : document.as_object()) {
    if (const auto* link = value.if_object()) {
      message.links[name] = {std::string(link->at("opens").as_string()), link->at("id").as_int64()};
    } else {
      message.placeholders[name] = value.as_string();
    }
  }
}

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case State::waiting:
      return "waiting";
    case State::sending:
      return "sending";
    case State::sent:
      return "sent";
    case State::failed:
      return "failed";
    case State::maybe_sent:
      return "maybe_sent";
    case State::held:
      return "held";
    case State::cancelled:
      return "cancelled";
  }
  throw std::logic_error("a message's state has no name");
}

std::string message_id_domain(std::string_view public_address) {
  std::string_view host = public_address;
  if (const std::size_t scheme = host.find("://"); scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find_first_of("/:"));
  return host.empty() ? "localhost" : std::string(host);
}

namespace {

template <class Query>
MessageId insert(db::Tx& tx, const Query& query, IdSource& ids, Random& random, Instant now,
                 std::string_view message_id_domain, const NewMessage& message) {
  const MessageId id = ids.next<MessageTag>();
  const std::string message_id = fmt::format("<{}.{}@{}>", id.value, random_token(random, 9), message_id_domain);
  tx.post(query, id, message.application, message.template_key, message.locale, message.recipient, values_json(message),
          message_id, message.due, now);
  return id;
}

}  // namespace

MessageId queue_message(db::Tx& tx, IdSource& ids, Random& random, Instant now, std::string_view message_id_domain,
                        const NewMessage& message) {
  return insert(tx, sql::messages::message::insert_message, ids, random, now, message_id_domain, message);
}

MessageId hold_message(db::Tx& tx, IdSource& ids, Random& random, Instant now, std::string_view message_id_domain,
                       const NewMessage& message) {
  return insert(tx, sql::messages::message::hold_message, ids, random, now, message_id_domain, message);
}

void let_go(db::Tx& tx, Instant now, MessageId id) { tx.execute(sql::messages::message::let_go, now, id); }
void drop_held(db::Tx& tx, MessageId id) { tx.execute(sql::messages::message::drop_held, id); }

Message message_of(const db::Row& row) {
  Message message;
  message.id = row.id<MessageId>(0);
  message.application = row.maybe_integer(1);
  message.template_key = row.text(2);
  message.locale = row.text(3);
  message.recipient = row.text(4);
  read_values(row.text(5), message);
  message.message_id = row.text(6);
  message.state = static_cast<State>(row.integer(7));
  message.attempts = static_cast<int>(row.integer(8));
  message.due_at = row.instant(9);
  message.lease_until = row.maybe_instant(10);
  message.created_at = row.instant(11);
  message.sent_at = row.maybe_instant(12);
  message.problem = row.text(13);
  return message;
}

std::vector<Message> messages_of(db::Tx& tx, std::int64_t application) {
  std::vector<Message> messages;
  for (const db::Row& row : tx.query(sql::messages::message::messages_of_application, application)) {
    messages.push_back(message_of(row));
  }
  return messages;
}

}  // namespace bursary::messages
