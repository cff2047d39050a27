// Messages for programs: the outbox, one message, what was written about an application, writing, sending again.
#include "features/api/api.h"

#include "base/text.h"
#include "features/messages/desk.h"
#include "features/messages/desk.sql.h"
#include "features/messages/desk_pages.h"
#include "features/messages/desk_pages.sql.h"
#include "features/messages/message_row.h"

namespace bursary::messages {
namespace {

namespace json = boost::json;
namespace desk_pages_sql = sql::messages::desk_pages;
using api::Answer;
using api::Call;

constexpr State kListed[] = {State::failed, State::maybe_sent, State::held, State::cancelled};

DeskParts on_database(const DeskParts& parts, db::Database& inside) {
  return {inside, parts.clock, parts.random, parts.ids, parts.programs, parts.public_address, parts.secret};
}

json::value moment_or_null(const std::optional<Instant>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

json::object message_json(const programs::Program& program, const Message& message, const std::string& reference,
                          bool whole) {
  const auto words = words_of(program, message);
  json::object out{{"id", api::id_text(message.id.value)},
                   {"reference", reference.empty() ? json::value(nullptr) : json::value(reference)},
                   {"template", message.template_key},
                   {"language", message.locale},
                   {"recipient", message.recipient},
                   {"subject", words ? words->subject : message.template_key},
                   {"state", to_string(message.state)},
                   {"attempts", message.attempts},
                   {"problem", message.problem},
                   {"created_at", to_rfc3339(message.created_at)},
                   {"due_at", to_rfc3339(message.due_at)},
                   {"sent_at", moment_or_null(message.sent_at)}};
  if (whole) out["text"] = words ? words->plain : "";
  return out;
}

web::Schema message_schema(bool whole_one) {
  using namespace web;
  std::vector<std::string> states;
  for (const State state : kAllStates) states.emplace_back(to_string(state));
  std::vector<Member> members = {{"id", api::id_schema()},
                                 {"reference", text().or_null().said("Of its application; null: it is of none.")},
                                 {"template", text()},
                                 {"language", text()},
                                 {"recipient", text()},
                                 {"subject", text()},
                                 {"state", choice(std::move(states))},
                                 {"attempts", whole()},
                                 {"problem", text().said("The last refusal.")},
                                 {"created_at", moment()},
                                 {"due_at", moment()},
                                 {"sent_at", moment().or_null()}};
  if (whole_one) members.push_back({"text", text().said("As it was or will be sent; private links are masked.")});
  return named(whole_one ? "Message" : "MessageRow", object(std::move(members)));
}

Result<Answer> list_messages(const DeskParts& parts, const Call& call) {
  const auto program = parts.programs.current();
  const std::string state = call.parameter("state").value_or("");
  const std::string list = "messages " + state;
  const std::int64_t limit = call.number("limit", api::kUsualRows);
  std::int64_t before = INT64_MAX;
  if (const auto sent = call.parameter("cursor")) {
    const auto place = api::read_cursor(call.parts.cursor_secret, list, "", *sent, 1);
    if (!place) return fail(ErrorKind::invalid, "problem.api.request.cursor");
    before = place->at(0);
  }
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto of = std::ranges::find_if(kListed, [&](State one) { return to_string(one) == state; });
    const bool waiting = state == "waiting";
    const db::Rows rows = of != std::ranges::end(kListed) ? tx.query(desk_pages_sql::of_state, *of, before, limit + 1)
                          : waiting                       ? tx.query(desk_pages_sql::on_the_way, limit)
                                                          : tx.query(desk_pages_sql::newest, before, limit + 1);
    json::array items;
    json::value next = nullptr;
    std::int64_t last = 0;
    for (const db::Row row : rows) {
      if (static_cast<std::int64_t>(items.size()) == limit) {
        if (!waiting) next = api::make_cursor(call.parts.cursor_secret, list, "", {last});
        break;
      }
      const Message message = message_of(row);
      last = message.id.value;
      items.push_back(message_json(*program, message, row.text_or_empty(14), false));
    }
    return Answer{json::object{{"items", std::move(items)}, {"next", std::move(next)}}};
  });
}

Result<Answer> read_message(const DeskParts& parts, const Call& call) {
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto row = tx.find(desk_pages_sql::one, call.id("message"));
    if (!row) return fail(api::not_found());
    return Answer{message_json(*program, message_of(*row), row->text_or_empty(14), true)};
  });
}

using Act = Result<void>(const DeskParts& parts, MessageId id, web::PersonId by);

api::Change doing(const DeskParts& parts, Act* act) {
  return [&parts, act](const Call& call, db::Database& inside) -> Result<Answer> {
    const MessageId id{call.id("message")};
    if (const auto done = act(on_database(parts, inside), id, call.person()); !done) return fail(done.error());
    const auto row = inside.read([&](db::Tx& tx) { return tx.find(desk_pages_sql::one, id); });
    if (!row) return fail(api::not_found());
    return Answer{json::object{{"message", api::id_text(id.value)}, {"state", to_string(message_of(*row).state)}}};
  };
}

json::array letters_json(db::Tx& tx, std::int64_t application) {
  json::array letters;
  for (const Letter& one : letters_of(tx, application)) {
    letters.push_back(
        {{"id", api::id_text(one.id.value)},
         {"from", one.from_applicant ? "applicant" : "staff"},
         {"author", one.author},
         {"text", one.body},
         {"at", to_rfc3339(one.at)},
         {"read_at", moment_or_null(one.read_at)},
         {"message", one.message ? json::value(api::id_text(one.message->value)) : json::value(nullptr)}});
  }
  return letters;
}

// Reading it here marks nothing as read: a program is not the person who answers.
Result<Answer> read_thread(const DeskParts& parts, const Call& call) {
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto subject = find_subject(tx, *program, call.part("reference"));
    if (!subject) return fail(api::not_found());
    json::array mails;
    for (const Message& message : messages_of(tx, subject->id))
      mails.push_back(message_json(*program, message, subject->reference, false));
    return Answer{json::object{{"reference", subject->reference},
                               {"letters", letters_json(tx, subject->id)},
                               {"messages", std::move(mails)},
                               {"trouble", trouble_of(tx, subject->email).value_or("")}}};
  });
}

Result<Answer> write_letter(const DeskParts& parts, const Call& call, db::Database& inside) {
  const auto program = parts.programs.current();
  const DeskParts desk = on_database(parts, inside);
  return inside.write([&](db::Tx& tx) -> Result<Answer> {
    const auto subject = find_subject(tx, *program, call.part("reference"));
    if (!subject) return fail(api::not_found());
    const auto written =
        write_to_applicant(tx, desk, mail_to(*subject, call.context.now), call.text("text"), call.person());
    if (!written) {
      Error error = written.error();
      for (FieldError& field : error.fields) field.field = "text";
      return fail(std::move(error));
    }
    return Answer{json::object{{"letter", api::id_text(written->value)}, {"reference", subject->reference}}, 201};
  });
}

Result<Answer> read_health(const DeskParts& parts, const Call&) {
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::object counts;
    for (const State state : {State::failed, State::maybe_sent, State::held})
      counts[to_string(state)] = tx.query(sql::messages::desk::count_messages, state).at(0).integer(0);
    counts["on_the_way"] = tx.query(desk_pages_sql::count_waiting).at(0).integer(0);
    const db::Rows first = tx.query(desk_pages_sql::on_the_way, 1);
    counts["oldest_due_at"] =
        first.empty() ? json::value(nullptr) : json::value(to_rfc3339(message_of(first.at(0)).due_at));
    return Answer{std::move(counts)};
  });
}

web::Schema thread_schema() {
  using namespace web;
  const Schema letter =
      named("Letter", object({{"id", api::id_schema()},
                              {"from", choice({"applicant", "staff"})},
                              {"author", text()},
                              {"text", text()},
                              {"at", moment()},
                              {"read_at", moment().or_null()},
                              {"message", api::id_schema().or_null().said("The mail that it went by.")}}));
  return named("Thread",
               object({{"reference", text()},
                       {"letters", list_of(letter).said("The oldest first.")},
                       {"messages", list_of(message_schema(false)).said("Every mail about it, the oldest first.")},
                       {"trouble", text().said("Why mail to this address came back; empty: it did not.")}}));
}

web::Schema health_schema() {
  using namespace web;
  const auto counted = [] { return whole().said("Counted up to 1,001."); };
  return named("OutboxHealth", object({{"failed", counted()},
                                       {"maybe_sent", counted()},
                                       {"held", counted()},
                                       {"on_the_way", counted()},
                                       {"oldest_due_at", moment().or_null().said("Of those on the way.")}}));
}

}  // namespace

void add_api_routes(web::Router& router, const DeskParts& parts, const api::Parts& api) {
  using web::Method;
  const web::Parameter reference = api::path_part("reference", "As in mail: `RA-7K3M-Q9XT5`.");
  const web::Parameter message = api::path_part("message", "Its id.");
  const auto reads = web::Permission::read_messages, sends = web::Permission::send_messages;
  const auto bound = api::bound_to(parts);
  const web::Given state =
      api::given("Its state now.",
                 web::named("MessageState", web::object({{"message", api::id_schema()}, {"state", web::text()}})));
  api::add_read(router, api,
                {.path = "/messages",
                 .permission = reads,
                 .operation = {.id = "listMessages",
                               .tag = "messages",
                               .summary = "The outbox, the newest first",
                               .about = "What waits comes in the order in which it leaves, without a next page.",
                               .parameters = {api::in_query("state", "All of them when it is not sent.",
                                                            web::choice({"failed", "maybe_sent", "held", "waiting",
                                                                         "cancelled"})),
                                              api::limit_parameter(), api::cursor_parameter()},
                               .gives = {api::given("A page.", api::page_of("MessagePage", message_schema(false)))}}},
                bound(list_messages));
  api::add_read(router, api,
                {.path = "/messages/{message}",
                 .permission = reads,
                 .operation = {.id = "readMessage",
                               .tag = "messages",
                               .summary = "One message with its words",
                               .parameters = {message},
                               .gives = {api::given("It.", message_schema(true))}}},
                bound(read_message));
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/messages/{message}/resend",
                   .permission = sends,
                   .operation = {.id = "resendMessage",
                                 .tag = "messages",
                                 .summary = "Send again what failed or may have been sent",
                                 .about = "With the same Message-ID, so that a receiver can drop a repetition.",
                                 .parameters = {message},
                                 .gives = {state}}},
                  doing(parts, &send_again));
  api::add_change(router, api,
                  {.method = Method::post,
                   .path = "/messages/{message}/cancel",
                   .permission = sends,
                   .operation = {.id = "cancelMessage",
                                 .tag = "messages",
                                 .summary = "Take back what has not left",
                                 .parameters = {message},
                                 .gives = {state}}},
                  doing(parts, &cancel));
  api::add_read(router, api,
                {.path = "/applications/{reference}/messages",
                 .permission = reads,
                 .operation = {.id = "readThread",
                               .tag = "messages",
                               .summary = "What was written about an application, both ways",
                               .about = "Reading it here marks no letter as read.",
                               .parameters = {reference},
                               .gives = {api::given("Letters and mails.", thread_schema())}}},
                bound(read_thread));
  api::add_change(
      router, api,
      {.method = Method::post,
       .path = "/applications/{reference}/messages",
       .permission = sends,
       .operation = {.id = "writeToApplicant",
                     .tag = "messages",
                     .summary = "Write to the applicant: in the portal, and by mail",
                     .parameters = {reference},
                     .takes = web::named("NewLetter", web::object({{"text", web::text()}})),
                     .gives = {api::given("It is on its way.",
                                          web::named("LetterWritten", web::object({{"letter", api::id_schema()},
                                                                                   {"reference", web::text()}})),
                                          201)}},
       .rate = web::RateClass::write},
      [&parts](const Call& call, db::Database& inside) { return write_letter(parts, call, inside); });
  api::add_read(router, api,
                {.path = "/health/outbox",
                 .permission = reads,
                 .operation = {.id = "readOutboxHealth",
                               .tag = "operations",
                               .summary = "How the outbox does",
                               .gives = {api::given("Counts.", health_schema())}}},
                bound(read_health));
}

}  // namespace bursary::messages
