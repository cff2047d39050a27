// What the pages of decisions share, and their handlers. Private.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "features/decisions/decisions.h"
#include "features/site/application_places.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::decisions {

// One request on its way, with the program as it was when it came.
struct Visit {
  const Parts& parts;
  const web::Request& request;
  const web::Context& context;
  std::shared_ptr<const programs::Program> program;

  Visit(const Parts& p, const web::Request& r, const web::Context& c)
      : parts(p), request(r), context(c), program(p.applications.programs.current()) {}
  const html::Phrasebook& phrases() const { return context.phrases; }
  db::Database& database() const { return parts.applications.database; }
  bool may(web::Permission permission) const { return context.viewer.may(web::to_string(permission)); }
  // Whoever is logged in: these routes ask for a permission, which nobody else has.
  web::PersonId person() const {
    if (!context.viewer.person) throw std::logic_error("nobody is logged in");
    return *context.viewer.person;
  }
  std::string moment(Instant at) const { return phrases().date_time(at, program->time_zone); }
  std::string day(Instant at) const { return phrases().date(at, program->time_zone); }
  std::string who(const std::string& name) const { return name.empty() ? phrases().text("decisions.somebody") : name; }
};

web::Response staff_page(const Visit& visit, std::string title, std::string path, html::Writer& body, int status = 200);
web::Response refused(const Visit& visit, const Error& error);
web::Response not_found(const Visit& visit);
std::int64_t number_in(std::string_view text);  // 0 for what is none
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
