// What the pages of decisions share, and their handlers. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/number.h"
#include "features/decisions/decisions.h"
#include "features/site/application_places.h"
#include "features/site/site.h"
#include "features/site/visit.h"
#include "web/form_data.h"

namespace bursary::decisions {

struct Visit : site::Visit {
  const Parts& parts;

  Visit(const Parts& p, const web::Request& r, const web::Context& c)
      : site::Visit{r, c, p.applications.programs.current()}, parts(p) {}
  db::Database& database() const { return parts.applications.database; }
  std::string who(const std::string& name) const { return name.empty() ? phrases().text("decisions.somebody") : name; }
};

web::Response staff_page(const Visit& visit, std::string title, std::string path, html::Writer& body, int status = 200);
web::Response refused(const Visit& visit, const Error& error);
web::Response not_found(const Visit& visit);
// A decision's message as it would be sent, private links masked.
struct Sample {
  std::string subject;
  html::SafeHtml body;
};
Sample sample_of(const Visit& visit, const applications::Application& application, const Choice& choice);
std::string criterion_label(const Visit& visit, std::string_view key);
Choice choice_in(const web::FormData& form);

using Page = web::Response(const Visit&);
Page show_decision, post_decision;  // of one application
Page show_decisions, post_release;  // pending ones
Page show_release, post_undo_release, post_keep_back;
Page show_many, post_many;
Page show_overdue;
Page show_told, post_appeal;  // the applicant's

}  // namespace bursary::decisions
