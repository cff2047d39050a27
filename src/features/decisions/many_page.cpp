// One choice for many: named by reference, shown before anything is decided, each with its own result.
#include <boost/json.hpp>
#include <map>
#include <set>

#include "base/text.h"
#include "features/decisions/choice.h"
#include "features/decisions/list.sql.h"
#include "features/decisions/list_view.h"
#include "features/decisions/many.html.h"
#include "features/decisions/pages.h"
#include "html/figures.h"

namespace bursary::decisions {
namespace {

namespace list_sql = sql::decisions::list;

constexpr std::int64_t kNano = 1'000'000'000;

struct Named {
  std::string reference;
  std::optional<ApplicationId> application;
  State state{};
  std::string applicant;
  std::optional<std::pair<std::int64_t, std::string>> money;
  bool fits = false;
};

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,;\n\t"), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// In the order named, each once.
std::vector<std::string> references_in(std::string_view typed) {
  std::vector<std::string> found;
  std::set<std::string> known;
  for (const std::string_view word : words_in(typed)) {
    const std::string reference = applications::read_reference(word).value_or(std::string(first_characters(word, 40)));
    if (known.insert(reference).second) found.push_back(reference);
  }
  return found;
}

bool fits(State state) {
  return state == State::submitted || state == State::screening || state == State::in_review ||
         state == State::waitlisted;
}

std::vector<Named> look_up(const Visit& visit, const std::vector<std::string>& references) {
  boost::json::array listed;
  for (const std::string& reference : references) listed.emplace_back(reference);
  const std::string json = boost::json::serialize(listed);
  return visit.database().read([&](db::Tx& tx) {
    std::vector<Named> named;
    named.reserve(references.size());
    const std::string& budget = visit.program->form.meanings.budget;
    for (const db::Row row : tx.query(list_sql::named, json, visit.program->slug, budget)) {
      Named& one = named.emplace_back();
      one.reference = row.text(0);
      if (row.is_null(1)) continue;
      one.application = row.id<ApplicationId>(1);
      one.state = static_cast<State>(row.integer(2));
      one.applicant = row.text(3);
      if (!row.is_null(4)) one.money = {row.integer(4), row.text(5)};
      one.fits = fits(one.state) && !row.boolean(6);
    }
    return named;
  });
}

ManyRowView row_of(const Visit& visit, const Named& named) {
  ManyRowView row;
  row.reference = named.reference;
  row.fits = named.fits;
  if (!named.application) {
    row.problem = visit.phrases().text("decisions.many.unknown");
    return row;
  }
  const std::string state(applications::to_string(named.state));
  row.applicant = named.applicant;
  row.state = Phrase("queue.state." + state);
  if (named.money) row.asked = html::money(visit.phrases(), named.money->first, named.money->second);
  if (!named.fits) row.problem = visit.phrases().text("decisions.many.unfit");
  return row;
}

std::string sum_of(const Visit& visit, const std::vector<Named>& named) {
  std::map<std::string, std::int64_t> units;
  for (const Named& one : named) {
    if (one.fits && one.money) units[one.money->second] += one.money->first / kNano;
  }
  std::string sum;
  for (const auto& [currency, total] : units) {
    sum += (sum.empty() ? "" : " · ") + (total < 9'000'000'000 ? html::money(visit.phrases(), total * kNano, currency)
                                                               : visit.phrases().number(total) + " " + currency);
  }
  return sum;
}

web::Response draw(const Visit& visit, ManyView view, int status = 200) {
  view.form_token = visit.context.form_token;
  std::string title = visit.phrases().text(view.done ? "decisions.many.result_title" : "decisions.many.title");
  if (!view.problem.empty()) title = visit.phrases().text("problem.error_prefix") + title;
  html::Writer w(visit.phrases());
  tpl::decisions::many(w, view);
  return staff_page(visit, title, {}, w, status);
}

web::Response edit(const Visit& visit, const web::FormData& form, const std::vector<FieldError>& problems = {}) {
  ManyView view;
  view.references = form.get("references");
  std::optional<Choice> chosen;
  if (kind_named(form.get("kind"))) chosen = choice_in(form);
  view.choice = choice_view(visit, chosen);
  if (!chosen) {
    view.choice.reason = form.get("reason");
    view.choice.note = form.get("note");
  }
  mark_problems(view.choice, visit, problems);
  if (!problems.empty()) view.problem = visit.phrases().text(problems[0].message);
  return draw(visit, std::move(view), problems.empty() ? 200 : 422);
}

// What the first of them would be told.
void show_sample(const Visit& visit, ManyView& view, const Named& named, const Choice& choice) {
  const auto application = visit.database().read(
      [&](db::Tx& tx) { return applications::find_by_reference(tx, visit.program->slug, named.reference); });
  if (!application) return;
  Sample sample = sample_of(visit, *application, choice);
  view.subject = std::move(sample.subject);
  view.sample = std::move(sample.body);
  view.sample_to =
      visit.phrases().text("decisions.list.sample_for", {{"name", named.applicant}, {"reference", named.reference}});
}

web::Response preview(const Visit& visit, const web::FormData& form) {
  if (!kind_named(form.get("kind"))) return edit(visit, form, {{"kind", "decisions.problem.kind"}});
  const Choice choice = choice_in(form);
  if (auto problems = check_choice(*visit.program, choice); !problems.empty()) return edit(visit, form, problems);
  const auto references = references_in(form.get("references"));
  if (references.size() > kMostNamed)
    return edit(visit, form,
                {{"references", Phrase("decisions.many.too_many", {{"limit", std::to_string(kMostNamed)}})}});
  const auto named = look_up(visit, references);
  ManyView view;
  view.preview = true;
  view.references = form.get("references");
  view.kind = Phrase("decisions.kind." + std::string(to_string(choice.kind)));
  view.kind_value = to_string(choice.kind);
  view.criterion_value = choice.criterion;
  if (!choice.criterion.empty()) view.criterion = criterion_label(visit, choice.criterion);
  view.reason = choice.reason;
  view.note = choice.note;
  view.sum = sum_of(visit, named);
  for (const Named& one : named) {
    view.rows.push_back(row_of(visit, one));
    if (!one.fits || !one.application) continue;
    view.seen += fmt::format("{}{}:{}", view.n == 0 ? "" : " ", one.reference, applications::to_string(one.state));
    if (++view.n > 1) continue;
    show_sample(visit, view, one, choice);
  }
  if (view.n > 0) return draw(visit, std::move(view));
  view.problem = visit.phrases().text("decisions.many.none");
  return draw(visit, std::move(view), 422);
}

web::Response apply(const Visit& visit, const web::FormData& form) {
  const Choice choice = choice_in(form);
  std::vector<std::string> references;
  std::map<std::string, State> seen;
  const std::string chosen = form.get("seen");
  for (const std::string_view row : words_in(chosen)) {
    const std::size_t colon = std::min(row.find(':'), row.size());
    const auto state = applications::state_named(row.substr(std::min(colon + 1, row.size())));
    if (!state) continue;
    references.emplace_back(row.substr(0, colon));
    seen[references.back()] = *state;
  }
  const auto named = look_up(visit, references);
  std::vector<Act> acts;
  std::map<std::int64_t, const Named*> by_id;
  for (const Named& one : named) {
    if (!one.application) continue;
    acts.push_back({*one.application, seen[one.reference], visit.person()});
    by_id[one.application->value] = &one;
  }
  const auto results = decide_many(visit.parts, acts, choice);
  if (results.empty()) return preview(visit, form);
  ManyView view;
  view.done = true;
  std::int64_t refused_rows = 0;
  for (const ManyResult& result : results) {
    ManyRowView row = row_of(visit, *by_id.at(result.id.value));
    row.fits = !result.refused;
    if (result.refused) row.problem = visit.phrases().text(result.refused->message), ++refused_rows;
    view.rows.push_back(std::move(row));
  }
  view.n = static_cast<std::int64_t>(results.size()) - refused_rows;
  view.result = visit.phrases().text("decisions.many.result",
                                     {{"done", std::to_string(view.n)}, {"refused", std::to_string(refused_rows)}});
  return draw(visit, std::move(view));
}

}  // namespace

web::Response show_many(const Visit& visit) {
  web::FormData form;
  form.fields.emplace_back("references", visit.request.parameter("references").value_or(""));
  return edit(visit, form);
}

web::Response choose_for(const Parts& parts, const web::Request& request, const web::Context& context,
                         const std::vector<std::string>& references) {
  web::FormData form;
  form.fields.emplace_back("references", fmt::format("{}", fmt::join(references, " ")));
  return edit(Visit(parts, request, context), form);
}

web::Response post_many(const Visit& visit) {
  const auto form = web::parse_form(visit.request);
  if (!form) return refused(visit, form.error());
  const std::string name = form->get("_action");
  if (name == "apply") return apply(visit, *form);
  if (name == "edit") return edit(visit, *form);
  return preview(visit, *form);
}

}  // namespace bursary::decisions
