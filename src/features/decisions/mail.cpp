#include "features/decisions/decisions.h"

namespace bursary::decisions {
namespace {

std::string_view template_of(Kind kind) {
  switch (kind) {
    case Kind::award:
      return "decision_awarded";
    case Kind::decline:
      return "decision_declined";
    case Kind::waitlist:
      return "decision_waitlisted";
  }
  throw std::logic_error("a decision of no kind");
}

}  // namespace

messages::NewMessage decision_mail(const programs::Program& program, const applications::Application& application,
                                   const Choice& choice, Instant due) {
  messages::NewMessage mail = applications::mail_to_applicant(application, template_of(choice.kind), due);
  mail.placeholders["reason"] = choice.reason;
  mail.placeholders["criterion"] = {};
  for (const programs::Criterion& one : program.criteria) {
    if (one.key == choice.criterion) mail.placeholders["criterion"] = one.label.in(application.locale);
  }
  return mail;
}

}  // namespace bursary::decisions
