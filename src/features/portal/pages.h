// What the portal's pages share, and their handlers. Private.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "features/applications/people.h"
#include "features/portal/portal.h"
#include "features/portal/views.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::portal {

using applications::Application;
using applications::ApplicationId;
using applications::Belonging;
using applications::Held;
using applications::Holder;
using applications::Right;
using applications::State;

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
  Holder holder() const { return applications::holder_in(context); }
  std::string path() const { return "/my/applications/" + context.path_value("application"); }
  std::string moment(Instant at) const { return phrases().date_time(at, program->time_zone); }
  std::string day(Instant at) const { return phrases().date(at, program->time_zone); }
  // Whoever is logged in: these routes ask for it.
  web::PersonId person() const {
    if (!context.viewer.person) throw std::logic_error("nobody is logged in");
    return *context.viewer.person;
  }
};

web::Response show(const Visit& visit, const std::string& title, html::Writer& body, int status = 200);
web::Response refused(const Visit& visit, const Error& error);
// The text of an error, of its first field where it has one.
std::string said(const Visit& visit, const Error& error);

// What stands on top of every page of one application.
HeadView head_of(const Visit& visit, db::Tx& tx, const Held& held, Tab current);
std::string title_of(const Visit& visit, const Application& application);

using Page = web::Response(const Visit&);
Page show_my;
Page show_application, post_application;
Page show_messages, post_messages;
Page show_people, post_people;
Page show_submission;
Page show_together, post_together;

}  // namespace bursary::portal
