#include "features/applications/autosave.h"

#include <boost/json.hpp>

#include "features/applications/draft_limits.h"
#include "features/applications/handlers.h"
#include "features/site/apply_page.h"

namespace bursary::applications {

namespace json = boost::json;

web::Response saved_json(const Visit& visit, std::string_view new_link, std::int64_t version) {
  const bool first = !new_link.empty();
  json::object out;
  if (first) out["link"] = "/draft/" + std::string(new_link);
  out["version"] = version;
  out["token"] = first ? link_token(visit.parts(), new_link) : visit.token();
  out["saved_at"] = to_rfc3339(visit.parts().clock.now());
  return web::json(json::serialize(out), first ? 201 : 200);
}

web::Response conflict_json(std::int64_t version, const forms::Answers& stored) {
  json::object answers;
  for (const auto& [key, answer] : stored.all()) {
    if (const auto* text = std::get_if<std::string>(&answer)) answers[key] = *text;
    if (const auto* choices = std::get_if<std::vector<std::string>>(&answer)) {
      answers[key] = json::array(choices->begin(), choices->end());
    }
  }
  return web::json(json::serialize(json::object{{"version", version}, {"answers", std::move(answers)}}), 409);
}

web::Response problem_json(const Visit& visit, const Error& error) {
  return web::problem(error, visit.phrases(), visit.request.id);
}

web::Response problem_json(const Visit& visit, const Error& error, int status) {
  return web::problem(error, status, visit.phrases(), visit.request.id);
}

web::Response beyond_limit_json(const Visit& visit, const Error& error, std::chrono::seconds retry_after) {
  web::Response response = problem_json(visit, error);
  response.header("Retry-After", std::to_string(retry_after.count()));
  return response;
}

namespace {

// The page says one sentence: that of the first field, with its name.
web::Response misshapen(const Visit& visit, const forms::Definition& definition, const Posted& posted) {
  Error error{ErrorKind::invalid, {}, {}, posted.problems};
  for (FieldError& problem : error.fields) {
    problem.message.values.emplace_back("name", forms::label_of(definition, problem.field, visit.locale()));
  }
  error.message = error.fields.front().message;
  return problem_json(visit, error);
}

}  // namespace

web::Response autosave_draft(const Visit& visit, const DraftView& draft, const Posted& posted) {
  if (!posted.problems.empty()) return misshapen(visit, *draft.definition, posted);
  std::chrono::seconds retry_after{0};
  const Result<void> allowed = within_draft_limits(visit, posted, &draft.answers, retry_after);
  if (!allowed) return beyond_limit_json(visit, allowed.error(), retry_after);
  const Result<Saved> saved =
      save_draft(visit.parts(), visit.holder(), version_of(posted.form), posted.answers, posted.files);
  if (saved) return saved_json(visit, {}, saved->version);
  if (saved.error().kind != ErrorKind::conflict) return problem_json(visit, saved.error());
  const Result<DraftView> now = visit.parts().database.read(
      [&](db::Tx& tx) { return find_draft(tx, visit.parts().form_versions, visit.holder()); });
  if (!now) return problem_json(visit, saved.error(), 410);  // submitted or ended meanwhile
  return conflict_json(now->application.version, now->answers);
}

web::Response post_first_autosave(const Visit& visit) {
  Result<web::KeptForm> parsed = web::parse_form_keeping(visit.request);
  if (!parsed) return problem_json(visit, parsed.error());
  const Parts& parts = visit.parts();
  // A page that was made from an older form keeps that form: its draft is pinned to it.
  std::shared_ptr<const programs::Program> program = visit.program;
  const std::string version = parsed->form.get(site::kFormVersionField);
  if (!version.empty() && version != program->form_version) {
    const auto older = parts.form_versions.find(program->slug, version);
    if (!older) return problem_json(visit, Error{ErrorKind::invalid, "applications.problem.orphan_gone", {}, {}}, 422);
    auto copy = std::make_shared<programs::Program>(*program);
    copy->form = *older;
    copy->form_version = version;
    program = std::move(copy);
  }
  const Posted posted = take_post(std::move(*parsed), program->form, {});
  if (!posted.problems.empty()) return misshapen(visit, program->form, posted);
  std::chrono::seconds retry_after{0};
  const Result<void> allowed = within_draft_limits(visit, posted, nullptr, retry_after);
  if (!allowed) return beyond_limit_json(visit, allowed.error(), retry_after);
  const Result<Saved> saved =
      start_draft(parts, *program, visit.locale(), posted.answers, posted.files, posted.own(site::kKeyField));
  if (!saved) {
    return problem_json(visit, saved.error(),
                        saved.error().kind == ErrorKind::conflict ? 410 : web::status_of(saved.error()));
  }
  if (saved->repeated && saved->answers != posted.answers) return conflict_json(saved->version, saved->answers);
  return saved_json(visit, saved->link.text, saved->version);
}

}  // namespace bursary::applications
