#include "features/applications/mail.h"

#include "features/applications/people.h"
#include "features/applications/rows.h"

namespace bursary::applications {
namespace {

messages::NewMessage addressed(const Application& to, std::string_view template_key, Instant due) {
  messages::NewMessage out;
  out.application = to.id.value;
  out.template_key = template_key;
  out.locale = to.locale;
  out.recipient = to.email;
  out.due = due;
  return out;
}

}  // namespace

std::string draft_address(const Parts& parts, std::string_view link) {
  return parts.public_address + "/draft/" + std::string(link);
}

std::string application_address(const Parts& parts, std::string_view link) {
  return parts.public_address + "/application/" + std::string(link);
}

std::optional<Instant> decision_due(const programs::Program& program, Instant submitted_at) {
  if (program.decision_days <= 0) return std::nullopt;
  return submitted_at + std::chrono::hours(24) * program.decision_days;
}

messages::NewMessage submitted_mail(const programs::Program& program, const Application& application, Instant due) {
  messages::NewMessage out = addressed(application, "submitted", due);
  const Instant submitted_at = application.submitted_at.value_or(due);
  out.placeholders = {{"name", application.applicant_name},
                      {"reference", application.reference},
                      {"submitted_at", to_rfc3339(submitted_at)}};
  const std::optional<Instant> by = decision_due(program, submitted_at);
  out.placeholders["decision_date"] = by ? to_rfc3339(*by) : std::string();
  out.links = {{"link", {std::string(kOpensApplication), application.id.value}}};
  return out;
}

messages::NewMessage draft_link_mail(const Application& draft, Instant due) {
  messages::NewMessage out = addressed(draft, "draft_link", due);
  if (draft.expires_at) out.placeholders["expires_date"] = to_rfc3339(*draft.expires_at);
  out.links = {{"link", {std::string(kOpensDraft), draft.id.value}}};
  return out;
}

messages::NewMessage draft_expires_mail(const Application& draft, Instant due) {
  messages::NewMessage out = addressed(draft, "draft_expires", due);
  out.placeholders = {{"expires_date", to_rfc3339(draft.expires_at.value_or(due))}};
  out.links = {{"link", {std::string(kOpensDraft), draft.id.value}}};
  return out;
}

std::optional<std::string> tell_link(const Parts& parts, const messages::PrivateLink& link) {
  const ApplicationId id{link.id};
  if (link.opens != kOpensDraft && link.opens != kOpensApplication) return tell_together_link(parts, link);
  const auto stored = parts.database.read([&](db::Tx& tx) { return load_application(tx, id); });
  const auto secret = stored ? tellable_link(parts, *stored) : std::nullopt;
  if (!secret) return std::nullopt;
  return link.opens == kOpensDraft ? draft_address(parts, *secret) : application_address(parts, *secret);
}

}  // namespace bursary::applications
