// What a person who is logged in may ask for by themselves.
#include <algorithm>

#include "features/privacy/export.h"
#include "features/privacy/gone.html.h"
#include "features/privacy/my_data.html.h"
#include "features/privacy/page_views.h"
#include "features/privacy/pages.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::privacy {
namespace {

using applications::State;

Target own(const Parts& parts, const web::Viewer& viewer) {
  return parts.database.read([&](db::Tx& tx) { return find_target(tx, *viewer.person, viewer.emails); });
}

// Who can prove more than the mailbox has to, for a session that was left open must not do this.
bool must_confirm(const web::Context& context) {
  return context.viewer.strong && !context.viewer.proved_since(context.now - web::kRecent);
}

// What runs on an award is owed an account of.
bool has_award(const Target& target) {
  return std::ranges::any_of(target.applications, [](const auto& one) { return one.state == State::awarded; });
}

web::Response my_data_page(const Parts& parts, const web::Context& context, const Target& target, bool not_ticked) {
  const auto program = parts.programs.current();
  const html::Phrasebook& phrases = context.phrases;
  MyDataView view;
  view.emails = context.viewer.emails;
  view.form_token = context.form_token;
  view.contact = program->contact_email;
  view.works_here = target.works_here;
  view.awarded = has_award(target);
  view.must_confirm = must_confirm(context);
  view.not_ticked = not_ticked;
  for (const auto& one : target.applications) {
    // A decision is nobody's before its release.
    const State state = one.state == State::decided ? State::in_review : one.state;
    view.applications.push_back({one.reference.empty() ? phrases.text("privacy.my.draft") : one.reference,
                                 Phrase("applications.my.state." + std::string(to_string(state)))});
  }
  html::Writer w(phrases);
  tpl::privacy::my_data(w, view);
  site::PageHead head;
  head.title = (not_ticked ? phrases.text("problem.error_prefix") : "") + phrases.text("privacy.my.title");
  head.path = "/my/data";
  head.indexable = false;
  return site::page(*program, context, head, w.take(), not_ticked ? 422 : 200);
}

}  // namespace

web::Response show_my_data(const Parts& parts, const web::Request&, const web::Context& context) {
  return my_data_page(parts, context, own(parts, context.viewer), false);
}

web::Response send_my_data(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Target target = own(parts, context.viewer);
  const auto told = tell_exported(parts, target, audit::By::applicant(context.viewer.person));
  if (!told) {
    return site::error_page(*parts.programs.current(), request, context, web::status_of(told.error()), told.error());
  }
  return web::streamed(open_data_export(parts, target), "application/zip", "my-data.zip");
}

web::Response erase_my_data(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  const Target target = own(parts, context.viewer);
  if (must_confirm(context)) return web::see_other("/confirm?next=%2Fmy%2Fdata");
  if (has_award(target)) return web::see_other("/my/data");
  if (!form || form->get("confirm") != "yes") return my_data_page(parts, context, target, true);
  const auto erased = erase(parts, target, Why::asked, audit::By::applicant(context.viewer.person));
  if (!erased) {
    return site::error_page(*parts.programs.current(), request, context, web::status_of(erased.error()),
                            erased.error());
  }
  return web::see_other("/data-erased");
}

web::Response show_gone(const Parts& parts, const web::Request&, const web::Context& context) {
  const auto program = parts.programs.current();
  html::Writer w(context.phrases);
  tpl::privacy::gone(w, GoneView{program->contact_email});
  site::PageHead head;
  head.title = context.phrases.text("privacy.gone.title");
  head.indexable = false;
  return site::page(*program, context, head, w.take());
}

}  // namespace bursary::privacy
