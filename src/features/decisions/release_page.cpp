// One release: what it holds, when it leaves, and taking it back.
#include "features/decisions/list.sql.h"
#include "features/decisions/list_view.h"
#include "features/decisions/pages.h"
#include "features/decisions/release.html.h"

namespace bursary::decisions {
namespace {

namespace list_sql = sql::decisions::list;

constexpr std::int64_t kMostReleased = 1000;

std::string state_class(DecisionState state) {
  switch (state) {
    case DecisionState::released:
      return "tag tag--success";
    case DecisionState::leaving:
      return "tag tag--info";
    case DecisionState::overtaken:
      return "tag tag--warning";
    default:
      return "tag";
  }
}

void read_released(db::Tx& tx, std::int64_t release, ReleaseView& view) {
  for (const db::Row row : tx.query(list_sql::of_release, release, kMostReleased + 1)) {
    const auto state = static_cast<DecisionState>(row.integer(3));
    RowView one;
    one.kind = Phrase("decisions.kind." + std::string(to_string(static_cast<Kind>(row.integer(2)))));
    one.state = Phrase("decisions.state." + std::string(to_string(state)));
    one.state_class = state_class(state);
    one.reference = row.text_or_empty(4);
    one.applicant = row.text(5).empty() ? one.reference : row.text(5);
    one.version = row.integer(1);
    if (state == DecisionState::leaving) one.keep_back = std::to_string(row.integer(0));
    view.rows.push_back(std::move(one));
  }
  view.limit = kMostReleased;
  view.more = view.rows.size() > static_cast<std::size_t>(kMostReleased);
  if (view.more) view.rows.resize(static_cast<std::size_t>(kMostReleased));
}

std::optional<ReleaseView> read_release(const Visit& visit, std::int64_t id) {
  static constexpr const char* kStates[] = {"held", "leaving", "done", "undone"};
  return visit.database().read([&](db::Tx& tx) -> std::optional<ReleaseView> {
    const auto row = tx.find(list_sql::release, id, visit.program->slug);
    if (!row) return std::nullopt;
    ReleaseView view;
    const std::string state = kStates[std::clamp<std::int64_t>(row->integer(1), 0, 3)];
    view.state = Phrase("decisions.release." + state);
    view.about = Phrase("decisions.release." + state + "_text");
    view.held = state == "held";
    view.facts = visit.phrases().text(row->integer(4) == 1 ? "decisions.release.facts_one" : "decisions.release.facts",
                                      {{"n", std::to_string(row->integer(4))},
                                       {"name", visit.who(row->text(5))},
                                       {"when", visit.moment(row->instant(2))}});
    view.leaves = visit.phrases().text("decisions.release.leaves", {{"when", visit.moment(row->instant(3))}});
    read_released(tx, id, view);
    return view;
  });
}

web::Response show_release_page(const Visit& visit, const std::string& problem, int status) {
  const std::int64_t id = read_row_number(visit.context.path_value("release"));
  auto found = read_release(visit, id);
  if (!found) return not_found(visit);
  ReleaseView& view = *found;
  view.form_token = visit.context.form_token;
  view.path = fmt::format("/staff/decisions/releases/{}", id);
  view.may_undo = visit.may(web::Permission::decide_applications);
  view.problem = problem;
  const std::int64_t skipped = read_row_number(visit.request.parameter("skipped").value_or(""));
  if (skipped > 0) view.skipped = visit.phrases().text("decisions.release.skipped", {{"n", std::to_string(skipped)}});
  if (visit.request.parameter("done").value_or("") == "kept_back") view.done = "decisions.release.kept_back";
  html::Writer w(visit.phrases());
  tpl::decisions::release(w, view);
  return staff_page(visit, visit.phrases().text("decisions.release.title"), {}, w, status);
}

std::string path_of(const Visit& visit) {
  return fmt::format("/staff/decisions/releases/{}", read_row_number(visit.context.path_value("release")));
}

web::Response after(const Visit& visit, const Result<void>& done, const char* said) {
  if (done) return web::see_other(path_of(visit) + said);
  if (done.error().kind == ErrorKind::conflict)
    return show_release_page(visit, visit.phrases().text(done.error().message), 409);
  return refused(visit, done.error());
}

}  // namespace

web::Response show_release(const Visit& visit) { return show_release_page(visit, {}, 200); }

web::Response post_undo_release(const Visit& visit) {
  const ReleaseId id{read_row_number(visit.context.path_value("release"))};
  return after(visit, undo_release(visit.parts, id, visit.person()), "");
}

web::Response post_keep_back(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  return after(visit,
               undo_decision(visit.parts, DecisionId{read_row_number(form->get("decision"))},
                             read_row_number(form->get("version")), visit.person()),
               "?done=kept_back");
}

}  // namespace bursary::decisions
