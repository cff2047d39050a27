// What is pending, with sums and sample messages, and its release.
#include <map>

#include "features/decisions/decisions.html.h"
#include "features/decisions/list.sql.h"
#include "features/decisions/list_view.h"
#include "features/decisions/pages.h"
#include "html/figures.h"

namespace bursary::decisions {
namespace {

namespace list_sql = sql::decisions::list;

constexpr std::int64_t kMostRows = 400;  // a form has so many fields, with room for its others
constexpr std::int64_t kNano = 1'000'000'000;

std::string money(const html::Phrasebook& phrases, const db::Row& row, std::size_t value) {
  return row.is_null(value) ? std::string() : html::money(phrases, row.integer(value), row.text(value + 1));
}

void read_sums(db::Tx& tx, const Visit& visit, ListView& view) {
  const html::Phrasebook& phrases = visit.phrases();
  std::map<Kind, KindSumView> kinds;
  for (const db::Row row : tx.query(list_sql::sums, visit.program->form.meanings.budget, visit.program->slug)) {
    const auto kind = static_cast<Kind>(row.integer(0));
    KindSumView& one = kinds[kind];
    one.value = to_string(kind);
    one.label = Phrase("decisions.kind." + one.value);
    one.n += row.integer(2);
    view.n += row.integer(2);
    if (row.text(1).empty()) continue;
    // A sum that no money writes is told as a plain number.
    const std::int64_t units = row.integer(3);
    const std::string sum = units < 9'000'000'000 ? html::money(phrases, units * kNano, row.text(1))
                                                  : phrases.number(units) + " " + row.text(1);
    one.asked += (one.asked.empty() ? "" : " · ") + sum;
  }
  for (auto& [kind, one] : kinds) view.kinds.push_back(std::move(one));
}

void read_samples(db::Tx& tx, const Visit& visit, ListView& view) {
  for (const Kind kind : kAllKinds) {
    const auto row = tx.find(list_sql::first_of_kind, visit.program->slug, kind);
    if (!row) continue;
    const auto application = applications::find_by_id(tx, row->id<ApplicationId>(0));
    if (!application) continue;
    Sample sample = sample_of(visit, *application, {kind, row->text(2), row->text(3), {}});
    view.samples.push_back({Phrase("decisions.kind." + std::string(to_string(kind))),
                            visit.phrases().text("decisions.list.sample_for", {{"name", application->applicant_name},
                                                                               {"reference", application->reference}}),
                            std::move(sample.subject), std::move(sample.body)});
  }
}

void read_rows(db::Tx& tx, const Visit& visit, ListView& view) {
  for (const db::Row row :
       tx.query(list_sql::pending, visit.program->form.meanings.budget, visit.program->slug, kMostRows + 1)) {
    RowView one;
    one.chosen = fmt::format("{}:{}", row.integer(0), row.integer(1));
    one.kind = Phrase("decisions.kind." + std::string(to_string(static_cast<Kind>(row.integer(2)))));
    if (!row.text(3).empty()) one.criterion = criterion_label(visit, row.text(3));
    one.by = visit.who(row.text(4));
    one.at = visit.moment(row.instant(5));
    one.reference = row.text_or_empty(6);
    one.applicant = row.text(7).empty() ? one.reference : row.text(7);
    one.asked = money(visit.phrases(), row, 8);
    view.rows.push_back(std::move(one));
  }
  view.limit = kMostRows;
  view.more = view.rows.size() > static_cast<std::size_t>(kMostRows);
  if (view.more) view.rows.resize(static_cast<std::size_t>(kMostRows));
}

void read_releases(db::Tx& tx, const Visit& visit, ListView& view) {
  static constexpr const char* kStates[] = {"held", "leaving", "done", "undone"};
  for (const db::Row row : tx.query(list_sql::releases, visit.program->slug)) {
    const std::string state = kStates[std::clamp<std::int64_t>(row.integer(1), 0, 3)];
    view.releases.push_back(
        {fmt::format("/staff/decisions/releases/{}", row.integer(0)),
         visit.phrases().text(row.integer(4) == 1 ? "decisions.release.facts_one" : "decisions.release.facts",
                              {{"n", std::to_string(row.integer(4))},
                               {"name", visit.who(row.text(5))},
                               {"when", visit.moment(row.instant(2))}}),
         visit.phrases().text("decisions.release.leaves", {{"when", visit.moment(row.instant(3))}}),
         Phrase("decisions.release." + state)});
  }
}

std::string window_of(const Visit& visit) {
  const auto seconds = visit.parts.undo_window.count();
  if (seconds % 60 != 0) return visit.phrases().text("decisions.list.seconds", {{"seconds", std::to_string(seconds)}});
  return visit.phrases().text("decisions.list.minutes", {{"minutes", std::to_string(seconds / 60)}});
}

ListView read_list(const Visit& visit) {
  return visit.database().read([&](db::Tx& tx) {
    ListView view;
    read_sums(tx, visit, view);
    read_samples(tx, visit, view);
    read_rows(tx, visit, view);
    read_releases(tx, visit, view);
    return view;
  });
}

web::Response show_list(const Visit& visit, const std::string& problem, int status) {
  ListView view = read_list(visit);
  view.form_token = visit.context.form_token;
  view.shown_at = to_rfc3339(visit.context.now);
  view.problem = problem;
  view.window = window_of(visit);
  view.may_release = visit.may(web::Permission::decide_applications);
  html::Writer w(visit.phrases());
  tpl::decisions::decisions(w, view);
  std::string title = visit.phrases().text("decisions.title");
  if (!problem.empty()) title = visit.phrases().text("problem.error_prefix") + title;
  return staff_page(visit, title, "/staff/decisions", w, status);
}

std::vector<Chosen> ticked(const web::FormData& form) {
  std::vector<Chosen> chosen;
  for (const std::string& one : form.all("decision")) {
    const std::size_t colon = one.find(':');
    if (colon == std::string::npos) continue;
    chosen.push_back({DecisionId{read_row_number(std::string_view(one).substr(0, colon))},
                      read_row_number(std::string_view(one).substr(colon + 1))});
  }
  return chosen;
}

}  // namespace

web::Response show_decisions(const Visit& visit) { return show_list(visit, {}, 200); }

web::Response post_release(const Visit& visit) {
  const auto form = web::parse_form(visit.request, {.fields = 2000});
  if (!form) return refused(visit, form.error());
  const std::string scope = form->get("_action");
  std::vector<Chosen> chosen;
  if (scope == "chosen") {
    chosen = ticked(*form);
  } else {
    // What was changed after the page was shown is not what its reader released.
    const auto shown = parse_rfc3339(form->get("_shown_at"));
    const auto kind = kind_named(scope);
    if (!shown || (!kind && scope != "all"))
      return refused(visit, Error{ErrorKind::invalid, "problem.status.400", {}, {}});
    chosen = visit.database().read([&](db::Tx& tx) { return all_pending(tx, visit.program->slug, kind, *shown); });
  }
  if (chosen.empty()) return show_list(visit, visit.phrases().text("decisions.list.nothing_chosen"), 422);
  const auto made = make_release(visit.parts, visit.person(), chosen);
  if (!made && made.error().kind == ErrorKind::conflict)
    return show_list(visit, visit.phrases().text(made.error().message), 409);
  if (!made) return refused(visit, made.error());
  return web::see_other(fmt::format("/staff/decisions/releases/{}{}", made->id.value,
                                    made->skipped > 0 ? fmt::format("?skipped={}", made->skipped) : std::string()));
}

}  // namespace bursary::decisions
