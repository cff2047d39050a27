// What the console's pages of messages share, and their handlers. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/number.h"
#include "features/messages/desk.h"
#include "features/messages/desk_view.h"
#include "features/site/application_places.h"
#include "features/site/site.h"
#include "features/site/visit.h"
#include "web/form_data.h"

namespace bursary::messages {

struct Visit : site::Visit {
  const DeskParts& parts;

  Visit(const DeskParts& p, const web::Request& r, const web::Context& c)
      : site::Visit{r, c, p.programs.current()}, parts(p) {}
};

web::Response staff_page(const Visit& visit, std::string title, std::string path, html::Writer& body, int status = 200);
web::Response refused(const Visit& visit, const Error& error);
web::Response not_found(const Visit& visit);
std::string tag_of(State state);  // a class, docs/design.md
MessageRowView row_view(const Visit& visit, const Message& message, const std::string& reference);
// Whose digest a link of its mail ends.
std::optional<web::PersonId> digest_of(const DeskParts& parts, std::string_view secret);

using Page = web::Response(const Visit&);
Page show_desk, show_message, post_message, post_digest;
Page show_thread, post_thread;
Page show_templates, post_templates;
Page show_digest_stop, post_digest_stop;

// Whom a letter about an application goes to.
struct Subject {
  std::int64_t id = 0;
  std::string name, email, locale, reference;
};
std::optional<Subject> find_subject(db::Tx& tx, const programs::Program& program, std::string_view reference);
// As applications::mail_to_applicant makes it; this feature stands below that one.
NewMessage mail_to(const Subject& subject, Instant due);

}  // namespace bursary::messages
