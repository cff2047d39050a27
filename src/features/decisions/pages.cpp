#include "features/decisions/pages.h"

namespace bursary::decisions {

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

Sample sample_of(const Visit& visit, const applications::Application& application, const Choice& choice) {
  const auto mail = decision_mail(*visit.program, application, choice, visit.context.now);
  messages::Message message;
  message.template_key = mail.template_key;
  message.locale = mail.locale;
  message.recipient = mail.recipient;
  message.placeholders = mail.placeholders;
  message.links = mail.links;
  auto words = messages::words_of(*visit.program, message);
  if (!words) return {};
  return {words->subject, std::move(words->html)};
}

std::string criterion_label(const Visit& visit, std::string_view key) {
  for (const programs::Criterion& one : visit.program->criteria) {
    if (one.key == key) return one.label.in(visit.phrases().tag());
  }
  return std::string(key);
}

Choice choice_in(const web::FormData& form) {
  return {kind_named(form.get("kind")).value_or(Kind::decline), form.get("criterion"), form.get("reason"),
          form.get("note")};
}

}  // namespace bursary::decisions
