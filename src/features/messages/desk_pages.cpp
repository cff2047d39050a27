// The outbox as staff see it: lists by state, one message, sending again and taking back.

#include "features/messages/desk_pages.h"
#include "base/number.h"
#include "features/messages/desk.html.h"
#include "features/messages/desk.sql.h"
#include "features/messages/desk_pages.sql.h"
#include "features/messages/digest_stop.html.h"
#include "features/messages/message.html.h"
#include "features/messages/message_row.h"

namespace bursary::messages {

namespace desk_pages_sql = sql::messages::desk_pages;

namespace {

constexpr std::int64_t kPage = 100;
constexpr std::int64_t kCounted = 1000;
constexpr std::int64_t kNewest = INT64_MAX;

std::string count_text(const html::Phrasebook& phrases, std::int64_t n) {
  if (n == 0) return {};
  return n > kCounted ? phrases.number(kCounted) + "+" : phrases.number(n);
}

std::string path_of(const std::string& state) {
  return state == "all" ? std::string("/staff/messages") : "/staff/messages?state=" + state;
}

// Lists whose length matters are counted, the others not.
void read_filters(db::Tx& tx, const Visit& visit, const std::string& chosen, DeskView& view) {
  const auto add = [&](const std::string& name, std::int64_t n) {
    view.filters.push_back(
        {path_of(name), count_text(visit.phrases(), n), Phrase("messages.state." + name), name == chosen});
  };
  const auto of = [&](State state) { return tx.query(sql::messages::desk::count_messages, state).at(0).integer(0); };
  add("all", 0);
  add("failed", of(State::failed));
  add("maybe_sent", of(State::maybe_sent));
  add("held", of(State::held));
  add("waiting", tx.query(desk_pages_sql::count_waiting).at(0).integer(0));
  add("cancelled", of(State::cancelled));
}

db::Rows rows_of(db::Tx& tx, const std::string& state, std::int64_t before) {
  for (const State one : {State::failed, State::maybe_sent, State::held, State::cancelled}) {
    if (state == to_string(one)) return tx.query(desk_pages_sql::of_state, one, before, kPage + 1);
  }
  if (state == "waiting") return tx.query(desk_pages_sql::on_the_way, kPage);
  return tx.query(desk_pages_sql::newest, before, kPage + 1);
}

struct Found {
  Message message;
  std::string reference;
};
std::optional<Found> find_message(const Visit& visit) {
  return visit.parts.database.read([&](db::Tx& tx) -> std::optional<Found> {
    const auto row = tx.find(desk_pages_sql::one, read_row_number(visit.context.path_value("message")));
    if (!row) return std::nullopt;
    return Found{message_of(*row), row->text_or_empty(14)};
  });
}

web::Response show_one(const Visit& visit, const std::string& refused, int status) {
  const auto found = find_message(visit);
  if (!found) return not_found(visit);
  const Message& message = found->message;
  MessageView view;
  view.form_token = visit.context.form_token;
  view.path = fmt::format("/staff/messages/{}", message.id.value);
  view.reference = found->reference;
  view.recipient = message.recipient;
  view.state = Phrase("messages.state." + std::string(to_string(message.state)));
  view.state_class = tag_of(message.state);
  view.problem = message.problem;
  view.refused = refused;
  view.may_send = visit.context.viewer.may(web::to_string(web::Permission::send_messages));
  view.again = message.state == State::failed || message.state == State::maybe_sent;
  view.again_about = message.state == State::failed ? "messages.one.again_failed" : "messages.one.again_maybe";
  view.cancel = message.state == State::waiting;
  view.held = message.state == State::held;
  const html::Phrasebook& phrases = visit.phrases();
  view.facts.push_back(phrases.text("messages.one.created", {{"when", visit.moment(message.created_at)}}));
  if (message.sent_at)
    view.facts.push_back(phrases.text("messages.one.sent", {{"when", visit.moment(*message.sent_at)}}));
  else
    view.facts.push_back(phrases.text("messages.one.due", {{"when", visit.moment(message.due_at)}}));
  if (message.attempts > 0)
    view.facts.push_back(phrases.text("messages.one.attempts", {{"n", std::to_string(message.attempts)}}));
  auto words = words_of(*visit.program, message);
  if (words) {
    view.subject = words->subject;
    view.body = std::move(words->html);
  } else {
    view.subject = message.template_key;
    view.no_words = Phrase("messages.one.no_words", {{"key", message.template_key}});
  }
  const std::string done = visit.request.parameter("done").value_or("");
  if (done == "again" || done == "cancelled") view.done = Phrase("messages.one.done." + done);
  html::Writer w(phrases);
  tpl::messages::message(w, view);
  return staff_page(visit, view.subject, {}, w, status);
}

DeskView read_desk(const Visit& visit, const std::string& state, std::int64_t asked) {
  return visit.parts.database.read([&](db::Tx& tx) {
    DeskView view;
    read_filters(tx, visit, state, view);
    std::int64_t last = 0;
    for (const db::Row row : rows_of(tx, state, asked > 0 ? asked : kNewest)) {
      if (view.rows.size() == static_cast<std::size_t>(kPage)) {
        view.older = path_of(state) + (state == "all" ? "?" : "&") + "before=" + std::to_string(last);
        break;
      }
      const Message message = message_of(row);
      last = message.id.value;
      view.rows.push_back(row_view(visit, message, row.text_or_empty(14)));
    }
    view.offers_digest = visit.context.viewer.person.has_value();
    if (view.offers_digest) view.digest = has_digest(tx, visit.person());
    return view;
  });
}

}  // namespace

std::string tag_of(State state) {
  switch (state) {
    case State::sent:
      return "tag tag--success";
    case State::failed:
    case State::maybe_sent:
      return "tag tag--warning";
    case State::held:
    case State::waiting:
    case State::sending:
      return "tag tag--info";
    case State::cancelled:
      return "tag";
  }
  return "tag";
}

MessageRowView row_view(const Visit& visit, const Message& message, const std::string& reference) {
  const auto words = words_of(*visit.program, message);
  MessageRowView row;
  row.href = fmt::format("/staff/messages/{}", message.id.value);
  row.subject = words ? words->subject : message.template_key;
  row.recipient = message.recipient;
  row.reference = reference;
  row.when = visit.moment(message.sent_at.value_or(message.created_at));
  row.state = Phrase("messages.state." + std::string(to_string(message.state)));
  row.state_class = tag_of(message.state);
  row.problem = message.problem;
  return row;
}

web::Response staff_page(const Visit& visit, std::string title, std::string path, html::Writer& body, int status) {
  site::PageHead head;
  head.title = std::move(title);
  head.path = std::move(path);
  head.staff = true;
  head.indexable = false;
  return site::page(*visit.program, visit.context, head, body.take(), status);
}

web::Response refused(const Visit& visit, const Error& error) {
  return site::error_page(*visit.program, visit.request, visit.context, web::status_of(error), error);
}

web::Response not_found(const Visit& visit) {
  return refused(visit, Error{ErrorKind::not_found, "problem.not_found", {}, {}});
}

web::Response show_desk(const Visit& visit) {
  const std::string state = visit.request.parameter("state").value_or("all");
  const std::int64_t asked = read_row_number(visit.request.parameter("before").value_or(""));
  DeskView view = read_desk(visit, state, asked);
  view.form_token = visit.context.form_token;
  if (asked > 0) view.newest = path_of(state);
  const std::string done = visit.request.parameter("done").value_or("");
  if (done == "digest_started" || done == "digest_stopped") view.done = Phrase("messages.desk." + done);
  html::Writer w(visit.phrases());
  tpl::messages::desk(w, view);
  return staff_page(visit, visit.phrases().text("messages.desk.title"), "/staff/messages", w);
}

web::Response show_message(const Visit& visit) { return show_one(visit, {}, 200); }

web::Response post_message(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const MessageId id{read_row_number(visit.context.path_value("message"))};
  const bool again = form->get("_action") == "again";
  if (!again && form->get("_action") != "cancel")
    return refused(visit, Error{ErrorKind::invalid, "problem.status.400", {}, {}});
  const auto done = again ? send_again(visit.parts, id, visit.person()) : cancel(visit.parts, id, visit.person());
  if (done) return web::see_other(fmt::format("/staff/messages/{}?done={}", id.value, again ? "again" : "cancelled"));
  if (done.error().kind != ErrorKind::conflict) return refused(visit, done.error());
  return show_one(visit, visit.phrases().text(done.error().message), 409);
}

web::Response post_digest(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const bool wanted = form->get("_action") == "start";
  const auto done = choose_digest(visit.parts, visit.person(), visit.phrases().tag(), wanted);
  if (!done) return refused(visit, done.error());
  return web::see_other(wanted ? "/staff/messages?done=digest_started" : "/staff/messages?done=digest_stopped");
}

web::Response show_digest_stop(const Visit& visit) {
  if (!digest_of(visit.parts, visit.context.path_value("secret"))) return not_found(visit);
  html::Writer w(visit.phrases());
  tpl::messages::digest_stop(w, {visit.request.path, false});
  site::PageHead head;
  head.title = visit.phrases().text("messages.digest.stop_title");
  head.indexable = false;
  return site::page(*visit.program, visit.context, head, w.take());
}

web::Response post_digest_stop(const Visit& visit) {
  const auto person = digest_of(visit.parts, visit.context.path_value("secret"));
  if (!person) return not_found(visit);
  if (const auto done = choose_digest(visit.parts, *person, {}, false); !done) return refused(visit, done.error());
  html::Writer w(visit.phrases());
  tpl::messages::digest_stop(w, {visit.request.path, true});
  site::PageHead head;
  head.title = visit.phrases().text("messages.digest.stop_title");
  head.indexable = false;
  return site::page(*visit.program, visit.context, head, w.take());
}

}  // namespace bursary::messages
