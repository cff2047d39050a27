#include "features/portal/pages.h"

#include "features/applications/portal.h"
#include "features/applications/staff.h"
#include "features/portal/waiting.h"
#include "web/pipeline.h"

namespace bursary::portal {

web::Response show(const Visit& visit, const std::string& title, html::Writer& body, int status) {
  site::PageHead head;
  head.title = title;
  head.indexable = false;
  // The switch of languages leads to the same page; not from a post, whose typed text it would lose.
  if (visit.request.method == web::Method::get) head.path = visit.request.path;
  return site::page(*visit.program, visit.context, head, body.take(), status);
}

web::Response refused(const Visit& visit, const Error& error) {
  return site::error_page(*visit.program, visit.request, visit.context, web::status_of(error), error);
}

std::string said(const Visit& visit, const Error& error) {
  return visit.phrases().text(error.fields.empty() ? error.message : error.fields.front().message);
}

std::string title_of(const Visit& visit, const Application& application) {
  return application.reference.empty() ? visit.phrases().text("portal.my.draft") : application.reference;
}

HeadView head_of(const Visit& visit, db::Tx& tx, const Held& held, Tab current) {
  const State state = applications::as_told(held.application.state);
  const std::string base = visit.path();
  HeadView head;
  head.title = title_of(visit, held.application);
  head.tag = applications::state_tag(state);
  head.state = Phrase("applications.my.state." + std::string(to_string(state)));
  if (held.belonging.relation != applications::Relation::owner)
    head.as = Phrase("portal.as." + std::string(to_string(held.belonging.relation)));
  const auto tab = [&](Tab which, const char* name, const std::string& path) {
    head.tabs.push_back({path, name, {}, {}, which == current});
  };
  tab(Tab::overview, "portal.tab.overview", base);
  if (held.belonging.may(Right::edit)) {
    tab(Tab::messages, "portal.tab.messages", base + "/messages");
    const Standing standing = standing_of(tx, held.application, held.belonging, visit.person(), visit.context.now);
    if (standing.unread) {
      head.tabs.back().count = "1";
      head.tabs.back().count_words = visit.phrases().text("portal.tab.unread");
    }
  }
  tab(Tab::people, "portal.tab.people", base + "/people");
  return head;
}

}  // namespace bursary::portal
