// What applicant and program write to each other, in order: letters both ways, and each message that the program sent.
#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "features/portal/messages.html.h"
#include "features/portal/messages_page.sql.h"
#include "features/portal/pages.h"
#include "features/portal/waiting.h"

namespace bursary::portal {

namespace messages_page_sql = sql::portal::messages_page;

namespace {

struct Entry {
  Instant at;
  ExchangeView view;
};

std::string program_name(const Visit& visit) { return visit.program->name.in(visit.phrases().tag()); }

ExchangeView letter_view(const Visit& visit, const messages::Letter& letter) {
  ExchangeView view;
  view.mine = letter.from_applicant;
  view.who = !letter.from_applicant               ? program_name(visit)
             : letter.author_id == visit.person() ? visit.phrases().text("portal.messages.you")
             : letter.author.empty()              ? visit.phrases().text("portal.messages.applicant")
                                                  : letter.author;
  view.when = visit.moment(letter.at);
  view.body = letter.body;
  return view;
}

// Mail that took a letter is the letter; one to somebody else (an invitation) is not part of the exchange.
bool is_shown(const messages::Message& message, const std::vector<messages::Letter>& letters) {
  if (message.template_key == "application_invitation") return false;
  return std::ranges::none_of(letters, [&](const auto& one) { return one.message == message.id; });
}

std::vector<ExchangeView> exchange_of(const Visit& visit, db::Tx& tx, const Held& held, std::int64_t seen) {
  std::vector<Entry> entries;
  const std::string here = visit.parts.applications.public_address + applications::portal_path(held.application.id);
  const auto letters = messages::letters_of(tx, held.application.id.value);
  for (const auto& letter : letters) {
    Entry entry{letter.at, letter_view(visit, letter)};
    entry.view.unread = !letter.from_applicant && letter.id.value > seen;
    entries.push_back(std::move(entry));
  }
  for (const auto& message : messages::messages_for_applicant(tx, held.application.id.value)) {
    if (!is_shown(message, letters)) continue;
    // A private link is its owner's alone; for whoever is logged in, this page is where it leads.
    const auto words =
        messages::words_of(*visit.program, message, [&](const messages::PrivateLink&) { return std::optional(here); });
    if (!words) continue;
    Entry entry{message.sent_at.value_or(message.created_at), {}};
    entry.view.who = program_name(visit);
    entry.view.when = visit.moment(entry.at);
    entry.view.subject = words->subject;
    entry.view.words = words->html;
    entries.push_back(std::move(entry));
  }
  std::ranges::stable_sort(entries, {}, &Entry::at);
  std::vector<ExchangeView> exchange;
  exchange.reserve(entries.size());
  for (Entry& entry : entries) exchange.push_back(std::move(entry.view));
  return exchange;
}

web::Response messages_with(const Visit& visit, const std::string& problem, const std::string& typed, int status) {
  MessagesView view;
  const Result<void> found = visit.database().read([&](db::Tx& tx) -> Result<void> {
    const auto held = applications::find_held(tx, visit.holder(), Right::edit);
    if (!held) return fail(held.error());
    const auto standing = standing_of(tx, held->application, held->belonging, visit.person(), visit.context.now);
    const auto row = tx.find(messages_page_sql::seen, visit.person(), held->application.id);
    view.head = head_of(visit, tx, *held, Tab::messages);
    view.unread = standing.unread;
    view.last_letter = std::to_string(standing.letter);
    view.exchange = exchange_of(visit, tx, *held, row ? row->integer(0) : 0);
    return {};
  });
  if (!found) return refused(visit, found.error());
  view.path = visit.path() + "/messages";
  view.token = visit.context.form_token;
  view.problem = problem;
  view.typed = typed;
  if (visit.request.parameter("done").value_or("") == "sent") view.done = "portal.messages.sent";
  html::Writer writer(visit.phrases());
  tpl::portal::messages(writer, view);
  std::string title = view.head.title + " · " + visit.phrases().text("portal.tab.messages");
  if (!problem.empty()) title = visit.phrases().text("problem.error_prefix") + title;
  return show(visit, title, writer, status);
}

// Up to what the page showed: what came since is unread.
Result<void> mark_read(const Visit& visit, std::int64_t shown) {
  return visit.database().write([&](db::Tx& tx) -> Result<void> {
    const auto held = applications::find_held(tx, visit.holder(), Right::edit);
    if (!held) return fail(held.error());
    const ApplicationId id = held->application.id;
    const auto standing = standing_of(tx, held->application, held->belonging, visit.person(), visit.context.now);
    see(tx, visit.person(), id, std::min(shown, standing.letter), 0);
    messages::mark_read(tx, visit.context.now, id.value, true, messages::LetterId{shown});
    return {};
  });
}

Result<void> write_letter(const Visit& visit, const std::string& text) {
  return visit.database().write([&](db::Tx& tx) -> Result<void> {
    const auto held = applications::find_held(tx, visit.holder(), Right::edit);
    if (!held) return fail(held.error());
    const ApplicationId id = held->application.id;
    tx.hold(id.value);
    const Instant since = visit.context.now - std::chrono::hours(24);
    if (tx.query(messages_page_sql::letters_since, id, since).at(0).integer(0) >= kLettersADay)
      return fail(ErrorKind::limit, Phrase("portal.messages.too_many", {{"limit", std::to_string(kLettersADay)}}));
    const auto written = messages::write_to_staff(tx, visit.parts.desk, id.value, text, visit.person());
    return written ? Result<void>() : fail(written.error());
  });
}

}  // namespace

web::Response show_messages(const Visit& visit) { return messages_with(visit, {}, {}, 200); }

web::Response post_messages(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  if (form->get("_action") == "read") {
    const auto read = mark_read(visit, read_row_number(form->get("shown")));
    return read ? web::see_other(visit.path() + "/messages") : refused(visit, read.error());
  }
  const std::string typed = form->get("letter");
  const auto written = write_letter(visit, typed);
  if (written) {
    const auto read = mark_read(visit, read_row_number(form->get("shown")));
    return read ? web::see_other(visit.path() + "/messages?done=sent") : refused(visit, read.error());
  }
  const Error& error = written.error();
  if (error.kind == ErrorKind::not_found || error.kind == ErrorKind::forbidden) return refused(visit, error);
  return messages_with(visit, said(visit, error), typed, web::status_of(error));
}

}  // namespace bursary::portal
