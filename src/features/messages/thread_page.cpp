// What was written about one application, both ways, and a message to its applicant.
#include "base/text.h"
#include "features/messages/desk_pages.h"
#include "features/messages/desk_pages.sql.h"
#include "features/messages/message_row.h"
#include "features/messages/thread.html.h"

namespace bursary::messages {

namespace desk_pages_sql = sql::messages::desk_pages;

std::optional<Subject> find_subject(db::Tx& tx, const programs::Program& program, std::string_view reference) {
  const auto row = tx.find(desk_pages_sql::application, reference);
  if (!row || row->text(1) != program.slug) return std::nullopt;
  return Subject{row->integer(0), row->text(2), row->text(3), row->text(4), row->text(5)};
}

NewMessage mail_to(const Subject& subject, Instant due) {
  NewMessage mail;
  mail.application = subject.id;
  mail.template_key = "staff_message";
  mail.locale = subject.locale;
  mail.recipient = subject.email;
  mail.due = due;
  mail.placeholders = {{"name", subject.name}, {"reference", subject.reference}};
  mail.links = {{"link", {"application", subject.id}}};
  return mail;
}

namespace {

std::optional<Subject> subject_in(db::Tx& tx, const Visit& visit) {
  return find_subject(tx, *visit.program, visit.context.path_value("reference"));
}

LetterView view_of(const Visit& visit, const Letter& letter) {
  const html::Phrasebook& phrases = visit.phrases();
  LetterView view{letter.body, visit.moment(letter.at), {}, letter.from_applicant, false};
  view.who = letter.from_applicant ? phrases.text("messages.thread.from_applicant")
                                   : phrases.text("messages.thread.from_staff", {{"name", letter.author}});
  view.unread = letter.from_applicant && !letter.read_at;
  if (!letter.from_applicant && letter.read_at) view.facts += " · " + phrases.text("messages.thread.read");
  return view;
}

std::optional<ThreadView> read_thread(const Visit& visit) {
  return visit.parts.database.read([&](db::Tx& tx) -> std::optional<ThreadView> {
    const auto subject = subject_in(tx, visit);
    if (!subject) return std::nullopt;
    const std::int64_t id = subject->id;
    ThreadView view;
    view.applicant = subject->name.empty() ? subject->reference : subject->name;
    view.reference = subject->reference;
    view.email = subject->email;
    view.trouble = trouble_of(tx, subject->email).value_or("");
    for (const Letter& letter : letters_of(tx, id)) {
      view.letters.push_back(view_of(visit, letter));
      view.unread = view.unread || view.letters.back().unread;
      view.last_letter = std::to_string(letter.id.value);
    }
    for (const Message& message : messages_of(tx, id))
      view.mails.push_back(row_view(visit, message, subject->reference));
    std::ranges::reverse(view.mails);
    for (const db::Row row : tx.query(desk_pages_sql::of_address, to_lower_ascii(subject->email), id)) {
      view.others.push_back(row_view(visit, message_of(row), row.text_or_empty(14)));
    }
    return view;
  });
}

web::Response show(const Visit& visit, const std::string& problem, const std::string& typed, int status) {
  auto found = read_thread(visit);
  if (!found) return not_found(visit);
  ThreadView& view = *found;
  view.places = site::application_places(visit.context, view.reference, site::ApplicationPlace::messages);
  view.path = fmt::format("/staff/applications/{}/messages", view.reference);
  view.form_token = visit.context.form_token;
  view.may_send = visit.context.viewer.may(web::to_string(web::Permission::send_messages));
  view.problem = problem;
  view.typed = typed;
  if (visit.request.parameter("done").value_or("") == "sent") view.done = "messages.thread.sent";
  html::Writer w(visit.phrases());
  tpl::messages::thread(w, view);
  std::string title = view.applicant + " · " + visit.phrases().text("messages.thread.title");
  if (!problem.empty()) title = visit.phrases().text("problem.error_prefix") + title;
  return staff_page(visit, title, {}, w, status);
}

}  // namespace

web::Response show_thread(const Visit& visit) { return show(visit, {}, {}, 200); }

web::Response post_thread(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const auto subject = visit.parts.database.read([&](db::Tx& tx) { return subject_in(tx, visit); });
  if (!subject) return not_found(visit);
  const std::string here = fmt::format("/staff/applications/{}/messages", subject->reference);
  if (form->get("_action") == "read") {
    const LetterId shown{read_row_number(form->get("shown"))};
    const auto read = visit.parts.database.write([&](db::Tx& tx) -> Result<bool> {
      mark_read(tx, visit.context.now, subject->id, false, shown);
      return true;
    });
    return read ? web::see_other(here) : refused(visit, read.error());
  }
  const std::string typed = form->get("letter");
  const auto written = visit.parts.database.write([&](db::Tx& tx) {
    return write_to_applicant(tx, visit.parts, mail_to(*subject, visit.context.now), typed, visit.person());
  });
  if (written) return web::see_other(here + "?done=sent");
  if (written.error().fields.empty()) return refused(visit, written.error());
  return show(visit, visit.phrases().text(written.error().fields[0].message), typed, 422);
}

}  // namespace bursary::messages
