// Lists that are kept by name, and how somebody wants their lists.

#include "base/number.h"
#include "base/text.h"
#include "features/queue/list_filters.h"
#include "features/queue/list_setting.h"
#include "features/queue/pages.h"
#include "features/queue/views.html.h"
#include "features/queue/views_view.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::queue {
namespace {

web::Response refuse_view(const Parts& parts, const web::Request& request, const web::Context& context,
                          const Error& error) {
  return site::error_page(*parts.programs.current(), request, context, web::status_of(error), error);
}

std::int64_t viewer_of(const web::Context& context) { return context.viewer.person.value_or(web::PersonId{}).value; }

bool may_share(const web::Context& context) {
  return context.viewer.may(to_string(web::Permission::screen_applications));
}

ViewId view_in(const web::Context& context) { return {read_row_number(context.path_value("id"))}; }

std::string columns_in(const web::FormData& form) {
  std::string names;
  for (const std::string& column : form.all("column")) names += column + " ";
  return names.empty() ? std::string() : to_names(columns_named(names));
}

}  // namespace

web::Response show_views(const Parts& parts, const web::Request&, const web::Context& context) {
  const auto program = parts.programs.current();
  ViewsView view;
  view.form_token = context.form_token;
  view.may_share = may_share(context);
  const std::int64_t viewer = viewer_of(context);
  view.rows = parts.database.read([&](db::Tx& tx) {
    const auto staff = colleagues(tx, program->slug);
    std::vector<SavedViewRow> rows;
    for (const SavedView& one : visible_views(tx, program->slug, viewer)) {
      // It is only a query: read and run with what this reader may see.
      const ReadQuery query = read_query(one.query, {*program, context.phrases, viewer, context.now, staff});
      const BoundedCount found = count(tx, program->slug, query.filter);
      rows.push_back({std::to_string(one.id.value), list_address(one.query, "view=" + std::to_string(one.id.value)),
                      one.name, one.query, one.owner_name, total_phrase(found.n, found.reach, context.phrases),
                      one.owner == viewer, one.shared});
    }
    return rows;
  });
  html::Writer w(context.phrases);
  tpl::queue::views(w, view);
  site::PageHead head;
  head.title = context.phrases.text("queue.views.title");
  head.path = "/staff/views";
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take());
}

web::Response add_view(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const auto form = web::parse_form(request);
  if (!form) return refuse_view(parts, request, context, form.error());
  const auto name = view_name(form->get("name"));
  if (!name) return refuse_view(parts, request, context, name.error());
  const std::int64_t viewer = viewer_of(context);
  const bool shared = form->find("shared").has_value() && may_share(context);
  const std::string typed = form->get("q");
  const std::string query = parts.database.read([&](db::Tx& tx) {
    const auto staff = colleagues(tx, program->slug);
    return read_query(typed, {*program, context.phrases, viewer, context.now, staff}).text();
  });
  const std::string columns = form->find("with_columns") ? columns_in(*form) : std::string();
  const auto id =
      keep_view({parts.database, program->slug, viewer}, parts.ids, context.now, {*name, query, columns, shared});
  if (!id) return refuse_view(parts, request, context, id.error());
  return web::see_other(list_address(query, "view=" + std::to_string(id->value)));
}

web::Response change_view(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const auto form = web::parse_form(request);
  if (!form) return refuse_view(parts, request, context, form.error());
  const auto name = view_name(form->get("name"));
  if (!name) return refuse_view(parts, request, context, name.error());
  const bool shared = form->find("shared").has_value() && may_share(context);
  const auto changed =
      change_view({parts.database, program->slug, viewer_of(context)}, view_in(context), *name, shared);
  return changed ? web::see_other("/staff/views") : refuse_view(parts, request, context, changed.error());
}

web::Response drop_view(const Parts& parts, const web::Request& request, const web::Context& context) {
  const std::string program = parts.programs.current()->slug;
  const auto dropped = drop_view({parts.database, program, viewer_of(context)}, view_in(context));
  return dropped ? web::see_other("/staff/views") : refuse_view(parts, request, context, dropped.error());
}

web::Response set_columns(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto form = web::parse_form(request);
  if (!form) return refuse_view(parts, request, context, form.error());
  const ListSetting setting{columns_in(*form), form->get("density") != "roomy"};
  const auto kept = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    keep_setting(tx, viewer_of(context), setting);
    return true;
  });
  if (!kept) return refuse_view(parts, request, context, kept.error());
  return web::see_other(list_address(form->get("q")));
}

}  // namespace bursary::queue
