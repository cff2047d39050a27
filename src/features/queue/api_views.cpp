// Lists that are kept by name: one's own, and those that are shared.
#include "features/queue/api.h"
#include "features/queue/list_setting.h"

namespace bursary::queue {
namespace {

namespace json = boost::json;
using api::Answer;
using api::Call;

web::Schema view_schema() {
  using namespace web;
  return named("View", object({{"id", api::id_schema()},
                               {"name", text()},
                               {"query", text()},
                               {"owner", text().said("Their name.")},
                               {"own", yes_no()},
                               {"shared", yes_no()}}));
}

web::Given kept(std::string about, int status = 200) {
  return api::given(std::move(about), web::named("ViewKept", web::object({{"id", api::id_schema()}})), status);
}

ViewsOf views_of(const Call& call, db::Database& inside, std::string_view program) {
  return {inside, program, call.person().value};
}

// Who may not screen shares nothing: told by name, for the page's box is not there either.
Result<bool> shared_in(const Call& call) {
  if (!call.yes("shared")) return false;
  if (!call.may(web::Permission::screen_applications)) return fail({{"shared", "queue.views.problem.share"}});
  return true;
}

Result<Answer> list_views(const Parts& parts, const Call& call) {
  const std::string program = parts.programs.current()->slug;
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    json::array items;
    for (const SavedView& one : visible_views(tx, program, call.person().value)) {
      items.push_back({{"id", api::id_text(one.id.value)},
                       {"name", one.name},
                       {"query", one.query},
                       {"owner", one.owner_name},
                       {"own", one.owner == call.person().value},
                       {"shared", one.shared}});
    }
    return Answer{json::object{{"items", std::move(items)}}};
  });
}

Result<Answer> post_view(const Parts& parts, const Call& call, db::Database& inside) {
  const auto program = parts.programs.current();
  const auto name = view_name(call.text("name"));
  if (!name) return fail({{"name", name.error().message}});
  const auto shared = shared_in(call);
  if (!shared) return fail(shared.error());
  auto query = inside.read([&](db::Tx& tx) -> Result<ReadQuery> {
    return read_asked_query(call, *program, colleagues(tx, program->slug), call.text("query"));
  });
  if (!query) {
    Error error = query.error();
    for (FieldError& field : error.fields) field.field = "/query";
    return fail(std::move(error));
  }
  const auto id = keep_view(views_of(call, inside, program->slug), parts.ids, call.context.now,
                            {*name, query->text(), {}, *shared});
  if (!id) return fail(id.error());
  return Answer{json::object{{"id", api::id_text(id->value)}}, 201};
}

Result<Answer> put_view(const Parts& parts, const Call& call, db::Database& inside) {
  const std::string program = parts.programs.current()->slug;
  const auto name = view_name(call.text("name"));
  if (!name) return fail({{"name", name.error().message}});
  const auto shared = shared_in(call);
  if (!shared) return fail(shared.error());
  const ViewId id{call.id("id")};
  if (const auto done = change_view(views_of(call, inside, program), id, *name, *shared); !done)
    return fail(done.error());
  return Answer{json::object{{"id", api::id_text(id.value)}}};
}

Result<Answer> delete_view(const Parts& parts, const Call& call, db::Database& inside) {
  const std::string program = parts.programs.current()->slug;
  const ViewId id{call.id("id")};
  if (const auto done = drop_view(views_of(call, inside, program), id); !done) return fail(done.error());
  return Answer{json::object{{"id", api::id_text(id.value)}}};
}

}  // namespace

void add_view_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  const web::Parameter id = api::path_part("id", "Of a list of your own.");
  const web::Schema name = web::text().between(1, kLongestViewName);
  const auto bound = api::bound_to(parts);
  api::add_read(
      router, api,
      {.path = "/views",
       .permission = web::Permission::read_applications,
       .operation = {.id = "listViews",
                     .tag = "views",
                     .summary = "Lists that are kept by name",
                     .about = "Those of the token's maker, and those that are shared.",
                     .gives = {api::given(
                         "By name.", web::named("Views", web::object({{"items", web::list_of(view_schema())}})))}}},
      [&parts](const Call& call) { return list_views(parts, call); });
  api::add_change(
      router, api,
      {.method = web::Method::post,
       .path = "/views",
       .permission = web::Permission::read_applications,
       .operation = {.id = "keepView",
                     .tag = "views",
                     .summary = "Keep a list by name",
                     .takes = web::named(
                         "NewView",
                         web::object({{"name", name}, {"query", web::text()}, web::optional("shared", web::yes_no())})),
                     .gives = {kept("It is kept.", 201)}}},
      bound(post_view));
  api::add_change(
      router, api,
      {.method = web::Method::put,
       .path = "/views/{id}",
       .permission = web::Permission::read_applications,
       .operation = {.id = "renameView",
                     .tag = "views",
                     .summary = "Rename or share a list",
                     .parameters = {id},
                     .takes = web::named("ViewName", web::object({{"name", name}, {"shared", web::yes_no()}})),
                     .gives = {kept("It is changed.")}}},
      bound(put_view));
  api::add_change(router, api,
                  {.method = web::Method::del,
                   .path = "/views/{id}",
                   .permission = web::Permission::read_applications,
                   .operation = {.id = "dropView",
                                 .tag = "views",
                                 .summary = "Forget a list",
                                 .parameters = {id},
                                 .gives = {kept("It is gone.")}}},
                  bound(delete_view));
}

}  // namespace bursary::queue
