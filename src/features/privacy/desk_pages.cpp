// The console's page for whoever asks by mail or telephone.
#include "features/privacy/desk.html.h"
#include "features/privacy/export.h"
#include "features/privacy/page_views.h"
#include "features/privacy/pages.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::privacy {
namespace {

web::Response refused(const Parts& parts, const web::Request& request, const web::Context& context,
                      const Error& error) {
  return site::error_page(*parts.programs.current(), request, context, web::status_of(error), error);
}

Target look_for(const Parts& parts, const std::string& who) {
  return parts.database.read([&](db::Tx& tx) { return find_target(tx, who); });
}

web::Response desk_page(const Parts& parts, const web::Context& context, DeskView view) {
  const auto program = parts.programs.current();
  const html::Phrasebook& phrases = context.phrases;
  view.form_token = context.form_token;
  view.asked = !view.who.empty();
  const Target target = view.asked ? look_for(parts, view.who) : Target{};
  view.person = target.person.has_value();
  view.works_here = target.works_here;
  view.export_href = "/staff/privacy/export?who=" + web::percent_encode(view.who);
  for (const auto& one : target.applications) {
    const bool draft = one.reference.empty();
    view.applications.push_back({draft ? phrases.text("privacy.my.draft") : one.reference,
                                 draft ? Phrase("applications.my.state." + std::string(to_string(one.state)))
                                       : Phrase("queue.state." + std::string(to_string(one.state)))});
  }
  const bool wrong = view.not_ticked;
  html::Writer w(phrases);
  tpl::privacy::desk(w, view);
  site::PageHead head;
  head.title = (wrong ? phrases.text("problem.error_prefix") : "") + phrases.text("privacy.desk.title");
  head.path = "/staff/privacy";
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take(), wrong ? 422 : 200);
}

}  // namespace

web::Response show_desk(const Parts& parts, const web::Request& request, const web::Context& context) {
  DeskView view;
  view.who = request.parameter("who").value_or("");
  if (request.parameter("done")) view.done = Phrase("privacy.desk.done");
  return desk_page(parts, context, std::move(view));
}

web::Response send_from_desk(const Parts& parts, const web::Request& request, const web::Context& context) {
  const Target target = look_for(parts, request.parameter("who").value_or(""));
  if (target.empty()) return refused(parts, request, context, {ErrorKind::not_found, "privacy.problem.nobody", {}, {}});
  const auto told = tell_exported(parts, target, {audit::Actor::staff, context.viewer.person});
  if (!told) return refused(parts, request, context, told.error());
  return web::streamed(open_data_export(parts, target), "application/zip", "personal-data.zip");
}

web::Response erase_from_desk(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refused(parts, request, context, form.error());
  const std::string who = form->get("who");
  if (form->get("confirm") != "yes") {
    DeskView view;
    view.who = who;
    view.not_ticked = true;
    return desk_page(parts, context, std::move(view));
  }
  const auto erased = erase(parts, look_for(parts, who), Why::staff, {audit::Actor::staff, context.viewer.person});
  if (!erased) return refused(parts, request, context, erased.error());
  return web::see_other("/staff/privacy?done=1");
}

}  // namespace bursary::privacy
