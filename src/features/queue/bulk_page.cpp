#include <ranges>

#include "base/number.h"
#include "features/queue/bulk.html.h"
#include "features/queue/bulk.sql.h"
#include "features/queue/bulk_run.h"
#include "features/queue/bulk_view.h"
#include "features/queue/labels.h"
#include "features/queue/list_query.h"
#include "features/queue/pages.h"
#include "features/queue/people.sql.h"
#include "features/site/site.h"
#include "web/form_data.h"

namespace bursary::queue {
namespace {

namespace bulk_sql = sql::queue::bulk;

// As long as whoever asked waits for the page; what is left goes on behind it.
constexpr std::chrono::milliseconds kPatience{3000};

web::Response refuse_bulk(const Parts& parts, const web::Request& request, const web::Context& context,
                          const Error& error) {
  const int status = web::status_of(error);
  return site::error_page(*parts.programs.current(), request, context, status, error);
}

BulkId bulk_in(const web::Context& context) { return {read_row_number(context.path_value("id"))}; }

// "RA-7K3M-Q9XT5:submitted", one for each ticked box.
std::vector<Chosen> choose_ticked(db::Tx& tx, std::string_view program, const std::vector<std::string>& ticked) {
  std::vector<Chosen> chosen;
  for (const std::string& one : ticked) {
    const auto colon = one.find(':');
    const auto row = tx.find(bulk_sql::by_reference, one.substr(0, colon), program);
    if (!row) continue;
    const auto seen =
        colon == std::string::npos ? std::nullopt : applications::state_named(std::string_view(one).substr(colon + 1));
    chosen.push_back(
        {row->id<applications::ApplicationId>(0), seen.value_or(static_cast<applications::State>(row->integer(1)))});
  }
  // Each once, whatever was posted: an action sees a row as it was before its batch.
  std::ranges::sort(chosen, {}, &Chosen::id);
  const auto twice = std::ranges::unique(chosen, {}, &Chosen::id);
  chosen.erase(twice.begin(), twice.end());
  return chosen;
}

// What a post asks for, or why it cannot be done.
struct Asked {
  const BulkAction* action = nullptr;
  const BulkPage* page = nullptr;  // in an action's place
  std::string argument, query;
  std::vector<Chosen> chosen;
};
Result<Asked> read_form(const Parts& parts, const programs::Program& program, const web::FormData& form,
                        const web::Context& context) {
  const std::string act = form.get("act");
  const auto colon = act.find(':');
  Asked asked;
  asked.action = action_named(parts, act.substr(0, colon));
  const auto page = std::ranges::find(parts.pages, std::string_view(act), &BulkPage::name);
  if (page != parts.pages.end()) asked.page = &*page;
  if (asked.action == nullptr && asked.page == nullptr) return fail(ErrorKind::invalid, "queue.bulk.problem.no_action");
  if (!context.viewer.may(to_string(asked.page ? asked.page->permission : asked.action->permission())))
    return fail(ErrorKind::not_found, "problem.not_found");
  const std::size_t most = asked.page ? asked.page->most : kMostBulk;
  asked.argument = colon == std::string::npos ? std::string() : act.substr(colon + 1);
  const bool all = form.find("all").has_value();
  const std::string as_of = form.get("as_of");
  return parts.database.read([&](db::Tx& tx) -> Result<Asked> {
    const auto staff = colleagues(tx, program.slug);
    if (asked.action && asked.action->takes_colleague() && !asked.argument.empty() &&
        std::ranges::none_of(staff, [&](const Colleague& one) { return std::to_string(one.id) == asked.argument; })) {
      return fail(ErrorKind::invalid, "queue.bulk.problem.no_colleague");
    }
    Asked out = asked;
    if (!all) {
      out.chosen = choose_ticked(tx, program.slug, form.all("row"));
    } else {
      const auto viewer = context.viewer.person ? std::optional(context.viewer.person->value) : std::nullopt;
      const ReadQuery query = read_query(form.get("q"), {program, context.phrases, viewer, context.now, staff});
      // Half a query would act on more than was asked for.
      if (!query.problems.empty()) return fail(ErrorKind::invalid, "queue.bulk.problem.query");
      const std::int64_t until = read_row_number(as_of);
      if (until == 0 || until == INT64_MAX) return fail(ErrorKind::invalid, "queue.bulk.problem.query");
      out.query = query.text().empty() ? "sort:newest" : query.text();
      out.chosen = choose_all(tx, program.slug, query.filter, until, most);
    }
    if (out.chosen.empty()) return fail(ErrorKind::invalid, "queue.bulk.problem.nothing");
    if (out.chosen.size() > most) {
      return fail(ErrorKind::invalid, Phrase("queue.bulk.problem.too_many",
                                             {{"limit", context.phrases.number(static_cast<std::int64_t>(most))}}));
    }
    return out;
  });
}

std::vector<std::string> references_of(const Parts& parts, const std::vector<Chosen>& chosen) {
  const std::string ids = fmt::format(
      "[{}]", fmt::join(chosen | std::views::transform([](const Chosen& one) { return one.id.value; }), ","));
  return parts.database.read([&](db::Tx& tx) {
    std::vector<std::string> references;
    for (const db::Row row : tx.query(bulk_sql::references_of, ids)) references.push_back(row.text(0));
    return references;
  });
}

std::string what_of(const BulkRecord& bulk, db::Tx& tx, const html::Phrasebook& phrases) {
  const std::string key = "queue.bulk.action." + bulk.action;
  if (bulk.action != "assign") return phrases.text(key);
  if (bulk.argument.empty()) return phrases.text(key + "_nobody");
  const auto name = tx.find(sql::queue::people::name_of, read_row_number(bulk.argument));
  return phrases.text(key, {{"name", name ? name->text(0) : bulk.argument}});
}

BulkView bulk_view(db::Tx& tx, const BulkRecord& bulk, const programs::Program& program, const web::Context& context) {
  const html::Phrasebook& phrases = context.phrases;
  BulkView view;
  view.id = std::to_string(bulk.id.value);
  view.what = what_of(bulk, tx, phrases);
  view.when = phrases.date_time(bulk.created_at, program.time_zone);
  view.query = bulk.query;
  view.back = bulk.query.empty() ? "/staff" : list_address(bulk.query);
  view.form_token = context.form_token;
  view.total = bulk.total;
  view.finished = std::min(bulk.total, bulk.next - 1);
  view.running = bulk.state == BulkState::running || bulk.state == BulkState::undoing;
  constexpr const char* kStates[] = {"queue.bulk.running", "queue.bulk.finished", "queue.bulk.undoing",
                                     "queue.bulk.undone"};
  view.state = Phrase(kStates[static_cast<std::size_t>(bulk.state)], {{"n", std::to_string(bulk.total)}});
  for (const db::Row row : tx.query(bulk_sql::outcomes, bulk.id)) {
    const auto outcome = static_cast<RowOutcome>(row.integer(0));
    view.outcomes.push_back(
        {Phrase("queue.bulk.outcome." + std::string(to_string(outcome)), {{"n", std::to_string(row.integer(1))}})});
    if (outcome == RowOutcome::done && bulk.state == BulkState::done) {
      view.may_undo = context.viewer.may(to_string(web::Permission::screen_applications));
    }
  }
  for (const db::Row row : tx.query(bulk_sql::left_over, bulk.id)) {
    const std::string name = row.text(1).empty() ? row.text(0) : row.text(1);
    view.left_over.push_back(
        {"/staff/applications/" + row.text(0), row.text(0), name,
         state_label(static_cast<applications::State>(row.integer(2))),
         Phrase("queue.bulk.why." + std::string(to_string(static_cast<RowOutcome>(row.integer(3)))))});
  }
  return view;
}

}  // namespace

web::Response do_bulk(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const auto form = web::parse_form(request);
  if (!form) return refuse_bulk(parts, request, context, form.error());
  const auto asked = read_form(parts, *program, *form, context);
  if (!asked) return refuse_bulk(parts, request, context, asked.error());
  if (asked->page) return asked->page->open(request, context, references_of(parts, asked->chosen));
  const auto id = start_bulk(parts,
                             {program->slug, context.viewer.person.value_or(web::PersonId{}).value, *asked->action,
                              asked->argument, asked->query},
                             asked->chosen);
  if (!id) return refuse_bulk(parts, request, context, id.error());
  run_bulk(parts, *id, kPatience);
  return web::see_other("/staff/bulk/" + std::to_string(id->value));
}

web::Response show_bulk(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const auto view = parts.database.read([&](db::Tx& tx) -> std::optional<BulkView> {
    const auto bulk = find_bulk(tx, program->slug, bulk_in(context));
    return bulk ? std::optional(bulk_view(tx, *bulk, *program, context)) : std::nullopt;
  });
  if (!view) return refuse_bulk(parts, request, context, {ErrorKind::not_found, "problem.not_found", {}, {}});
  html::Writer w(context.phrases);
  tpl::queue::bulk(w, *view);
  site::PageHead head;
  head.title = view->what;
  head.path = "/staff/bulk/" + view->id;
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take());
}

web::Response take_back_bulk(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const BulkId id = bulk_in(context);
  const bool ours = parts.database.read([&](db::Tx& tx) { return find_bulk(tx, program->slug, id).has_value(); });
  if (!ours) return refuse_bulk(parts, request, context, {ErrorKind::not_found, "problem.not_found", {}, {}});
  if (const auto begun = undo_bulk(parts, id); !begun) return refuse_bulk(parts, request, context, begun.error());
  run_bulk(parts, id, kPatience);
  return web::see_other("/staff/bulk/" + std::to_string(id.value));
}

}  // namespace bursary::queue
