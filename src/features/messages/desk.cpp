// Sending again, taking back, and letters.
#include "features/messages/desk.h"

#include "base/text.h"
#include "features/audit/audit.h"
#include "features/messages/desk.sql.h"

namespace bursary::messages {

namespace desk_sql = sql::messages::desk;

namespace {

void tell(db::Tx& tx, const DeskParts& parts, std::optional<std::int64_t> application, std::string_view kind,
          MessageId id, const audit::By& by) {
  const std::string detail = fmt::format(R"({{"message":{}}})", id.value);
  audit::write_event(tx, {parts.ids.next<audit::EventTag>(), application, kind, by, parts.clock.now(), detail});
}

Result<std::string> letter_text(std::string_view typed) {
  std::string text(trim(without_hidden(typed)));
  if (text.empty()) return fail({{"letter", "messages.problem.empty"}});
  if (count_characters(text) > kLongestLetter)
    return fail({{"letter", Phrase("messages.problem.too_long", {{"limit", std::to_string(kLongestLetter)}})}});
  return text;
}

}  // namespace

Result<void> send_again(const DeskParts& parts, MessageId id, web::PersonId by) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto row = tx.find(desk_sql::facts, id);
    if (!row) return fail(ErrorKind::not_found, "problem.not_found");
    if (tx.execute(desk_sql::send_again, parts.clock.now(), id) == 0)
      return fail(ErrorKind::conflict, "messages.problem.changed");
    tx.execute(desk_sql::drop_trouble, to_lower_ascii(row->text(2)));
    tell(tx, parts, row->maybe_integer(0), "message_sent_again", id, audit::By::staff(by));
    return {};
  });
}

Result<void> cancel(const DeskParts& parts, MessageId id, web::PersonId by) {
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    const auto row = tx.find(desk_sql::facts, id);
    if (!row) return fail(ErrorKind::not_found, "problem.not_found");
    if (tx.execute(desk_sql::cancel, id) == 0) return fail(ErrorKind::conflict, "messages.problem.changed");
    tell(tx, parts, row->maybe_integer(0), "message_cancelled", id, audit::By::staff(by));
    return {};
  });
}

std::vector<Letter> letters_of(db::Tx& tx, std::int64_t application) {
  std::vector<Letter> found;
  for (const db::Row row : tx.query(desk_sql::letters, application)) {
    Letter one{row.id<LetterId>(0), row.boolean(1),       row.text_or_empty(2), row.text(3),
               row.instant(4),      row.maybe_instant(5), std::nullopt,         std::nullopt};
    if (const auto author = row.maybe_integer(7)) one.author_id = web::PersonId{*author};
    if (const auto message = row.maybe_integer(6)) one.message = MessageId{*message};
    found.push_back(std::move(one));
  }
  return found;
}

Result<LetterId> write_to_applicant(db::Tx& tx, const DeskParts& parts, NewMessage mail, std::string_view body,
                                    web::PersonId by) {
  const auto text = letter_text(body);
  if (!text) return fail(text.error());
  const Instant now = parts.clock.now();
  const std::int64_t application = mail.application.value_or(0);
  std::optional<MessageId> message;
  if (!mail.recipient.empty()) {
    mail.placeholders["message"] = *text;
    message = queue_message(tx, parts.ids, parts.random, now, message_id_domain(parts.public_address), mail);
  }
  const auto id = parts.ids.next<LetterTag>();
  tx.post(desk_sql::write_letter, id, application, 0, by, *text, now, message);
  audit::write_event(tx, {parts.ids.next<audit::EventTag>(), application, "letter_written", audit::By::staff(by), now});
  return id;
}

Result<LetterId> write_to_staff(db::Tx& tx, const DeskParts& parts, std::int64_t application, std::string_view body,
                                std::optional<web::PersonId> by) {
  const auto text = letter_text(body);
  if (!text) return fail(text.error());
  const Instant now = parts.clock.now();
  const auto id = parts.ids.next<LetterTag>();
  tx.post(desk_sql::write_letter, id, application, 1, by, *text, now, std::optional<MessageId>());
  audit::write_event(
      tx, {parts.ids.next<audit::EventTag>(), application, "letter_received", audit::By::applicant(by), now});
  return id;
}

void mark_read(db::Tx& tx, Instant now, std::int64_t application, bool by_applicant, LetterId shown) {
  tx.execute(desk_sql::mark_read, now, application, by_applicant ? 0 : 1, shown);
}

std::vector<Message> messages_for_applicant(db::Tx& tx, std::int64_t application) {
  std::vector<Message> shown = messages_of(tx, application);
  std::erase_if(shown, [](const Message& one) { return one.state == State::held || one.state == State::cancelled; });
  return shown;
}

std::optional<std::string> trouble_of(db::Tx& tx, std::string_view email) {
  const auto row = tx.find(desk_sql::trouble, to_lower_ascii(email));
  return row ? std::optional(row->text(0)) : std::nullopt;
}

}  // namespace bursary::messages
