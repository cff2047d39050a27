// What the portal's pages share, and their handlers. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/applications/people.h"
#include "features/portal/portal.h"
#include "features/portal/views.h"
#include "features/site/site.h"
#include "features/site/visit.h"
#include "web/form_data.h"

namespace bursary::portal {

using applications::Application;
using applications::ApplicationId;
using applications::Belonging;
using applications::Held;
using applications::Holder;
using applications::Right;
using applications::State;

struct Visit : site::Visit {
  const Parts& parts;

  Visit(const Parts& p, const web::Request& r, const web::Context& c)
      : site::Visit{r, c, p.applications.programs.current()}, parts(p) {}
  db::Database& database() const { return parts.applications.database; }
  Holder holder() const { return applications::holder_in(context); }
  std::string path() const { return "/my/applications/" + context.path_value("application"); }
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
