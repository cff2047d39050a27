// One application: facts, answers as they were typed and as they were read, files, events, and who has it.
#include "features/queue/api.h"
#include "features/queue/application.sql.h"
#include "features/queue/bulk.sql.h"
#include "features/queue/labels.h"
#include "features/queue/pages.h"
#include "features/queue/people.sql.h"

namespace bursary::queue {
namespace {

namespace json = boost::json;
namespace application_sql = sql::queue::application;
using api::Answer;
using api::Call;
using applications::Application;

json::value parsed(const std::string& text) {
  boost::system::error_code problem;
  json::value value = json::parse(text, problem);
  return problem ? json::value(json::object{}) : std::move(value);
}

json::value moment_or_null(const std::optional<Instant>& at) {
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

json::object readings_of(db::Tx& tx, applications::ApplicationId id) {
  json::object readings;
  for (const db::Row row : tx.query(application_sql::readings, id)) {
    const forms::Reading reading{row.text(0), static_cast<forms::Reading::Kind>(row.integer(1)), row.integer(2),
                                 row.text(3)};
    readings[reading.question] = reading_text(reading);
  }
  return readings;
}

json::array files_of(const forms::Answers& answers) {
  json::array files;
  for (const auto& [question, answer] : answers.all()) {
    const auto* some = std::get_if<std::vector<forms::FileAnswer>>(&answer);
    if (some == nullptr) continue;
    for (const auto& file : *some) {
      files.push_back({{"id", file.id},
                       {"question", question},
                       {"name", file.name},
                       {"type", file.type},
                       {"bytes", file.bytes},
                       {"sha256", file.sha256}});
    }
  }
  return files;
}

json::array flags_json(db::Tx& tx, applications::ApplicationId id) {
  json::array flags;
  for (const auto& flag : applications::flags_of(tx, id)) {
    flags.push_back(
        {{"flag", applications::to_string(flag.kind)}, {"detail", parsed(flag.detail)}, {"at", to_rfc3339(flag.at)}});
  }
  return flags;
}

json::value assignee_of(db::Tx& tx, applications::ApplicationId id) {
  const auto row = tx.find(application_sql::assignee, id);
  if (!row || row->is_null(0)) return nullptr;
  return json::object{{"id", api::id_text(row->integer(0))}, {"name", row->text_or_empty(1)}};
}

web::Schema file_schema() {
  using namespace web;
  return named("File", object({{"id", text()},
                               {"question", text()},
                               {"name", text().said("As it was uploaded; never trust it as a path.")},
                               {"type", text().said("By content.")},
                               {"bytes", whole()},
                               {"sha256", text()}}));
}

web::Schema application_schema() {
  using namespace web;
  const Schema row = *row_schema().definition;
  std::vector<Member> members;
  for (const Member& member : row.members) {
    if (member.name != "area" && member.name != "flags") members.push_back(member);
  }
  members.push_back({"email", text()});
  members.push_back(
      {"flags", list_of(named("Flag", object({{"flag", text()}, {"detail", map_of(anything())}, {"at", moment()}})))});
  members.push_back({"due_at", moment().or_null().said("When the step that it stands in is overdue.")});
  members.push_back({"moved_at", moment().or_null().said("Since when it stands there.")});
  members.push_back({"submission", whole().said("Grows each time it comes in again.")});
  members.push_back({"form_version", text()});
  members.push_back({"answers", map_of(anything()).said("By question, as they were typed: a text, or a list.")});
  members.push_back({"readings", map_of(text()).said("By question: what was read out of an answer with certainty.")});
  members.push_back({"files", list_of(file_schema())});
  return named("Application", object(std::move(members)));
}

json::object facts_of(db::Tx& tx, const Application& application) {
  return {{"reference", application.reference},
          {"state", applications::to_string(application.state)},
          {"name", application.applicant_name},
          {"institution", application.institution},
          {"country", application.country},
          {"language", application.locale},
          {"assignee", assignee_of(tx, application.id)},
          {"submitted_at", to_rfc3339(application.submitted_at.value_or(application.created_at))},
          {"updated_at", to_rfc3339(application.updated_at)},
          {"email", application.email},
          {"flags", flags_json(tx, application.id)},
          {"moved_at", moment_or_null(application.moved_at)}};
}

Result<Answer> read_application(const Parts& parts, const Call& call) {
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto found = applications::find_by_reference(tx, program->slug, call.part("reference"));
    if (!found) return fail(api::not_found());
    json::object out = facts_of(tx, *found);
    out["due_at"] = moment_or_null(applications::step_due(program->steps, *found));
    const auto read = applications::find_answers(tx, parts.form_versions, found->id);
    out["submission"] = read ? read->submission.number : 0;
    out["form_version"] = read ? json::value(forms::version_of(*read->definition)) : json::value("");
    out["answers"] = read ? json::parse(forms::to_json(read->submission.answers)) : json::value(json::object{});
    out["readings"] = readings_of(tx, found->id);
    out["files"] = read ? files_of(read->submission.answers) : json::array{};
    return Answer{std::move(out), 200, applications::etag_of(*found)};
  });
}

web::Schema event_schema() {
  using namespace web;
  return named("TimelineEvent", object({{"kind", text().said("As in the audit: `moved`, `noted`, `flag_added`.")},
                                        {"at", moment()},
                                        {"actor", choice({"applicant", "staff", "program"})},
                                        {"by", text().or_null().said("The person's name.")},
                                        {"detail", map_of(anything())}}));
}

Result<Answer> read_timeline(const Parts& parts, const Call& call) {
  static constexpr const char* kActors[] = {"applicant", "staff", "program"};
  const auto program = parts.programs.current();
  return parts.database.read([&](db::Tx& tx) -> Result<Answer> {
    const auto found = applications::find_by_reference(tx, program->slug, call.part("reference"));
    if (!found) return fail(api::not_found());
    json::array items;
    for (const db::Row row : tx.query(application_sql::timeline, found->id)) {
      const std::string by = row.text_or_empty(4);
      items.push_back({{"kind", row.text(0)},
                       {"at", to_rfc3339(row.instant(2))},
                       {"actor", kActors[std::clamp<std::int64_t>(row.integer(1), 0, 2)]},
                       {"by", by.empty() ? json::value(nullptr) : json::value(by)},
                       {"detail", parsed(row.text(3))}});
    }
    return Answer{json::object{{"items", std::move(items)}}};
  });
}

// As an act on many does it, for one.
Result<Answer> assign(const Parts& parts, const Call& call, db::Database& inside) {
  const auto program = parts.programs.current();
  const std::string argument = call.text("person");
  return inside.write([&](db::Tx& tx) -> Result<Answer> {
    const auto found = applications::find_by_reference(tx, program->slug, call.part("reference"));
    if (!found) return fail(api::not_found());
    const auto staff = colleagues(tx, program->slug);
    const auto person = api::id_in(argument);
    const bool known = std::ranges::any_of(staff, [&](const Colleague& one) { return one.id == person; });
    if (!argument.empty() && !known) return fail({{"person", "queue.bulk.problem.no_colleague"}});
    const auto row = tx.find(application_sql::assignee, found->id);
    const applications::HeldRow held{found->id, found->state, program->slug, {}, 0};
    const BulkTarget target{held, found->state, found->version, row->maybe_integer(0)};
    const BulkStep step{tx, parts.ids, call.context.now, audit::By::staff(call.person()), argument};
    assign_action().apply(step, target);
    return Answer{json::object{{"reference", found->reference},
                               {"assignee", argument.empty() ? json::value(nullptr) : json::value(argument)}}};
  });
}

}  // namespace

void add_application_routes(web::Router& router, const Parts& parts, const api::Parts& api) {
  const auto bound = api::bound_to(parts);
  api::add_read(
      router, api,
      {.path = "/applications/{reference}",
       .permission = web::Permission::read_applications,
       .operation = {.id = "readApplication",
                     .tag = "applications",
                     .summary = "Read an application",
                     .about = "Its ETag goes into If-Match of what you do with it. It changes with each move, "
                              "change of answers and flag, and not with an assignment.",
                     .parameters = {reference_part()},
                     .gives = {api::given("The application.", application_schema())}}},
      bound(read_application));
  api::add_read(router, api,
                {.path = "/applications/{reference}/timeline",
                 .permission = web::Permission::read_applications,
                 .operation = {.id = "readTimeline",
                               .tag = "applications",
                               .summary = "What happened to an application",
                               .about = "The oldest first, at most 500.",
                               .parameters = {reference_part()},
                               .gives = {api::given(
                                   "Its events.",
                                   web::named("Timeline", web::object({{"items", web::list_of(event_schema())}})))}}},
                bound(read_timeline));
  api::add_stream(router, api,
                  {.path = "/applications/{reference}/files/{token}",
                   .permission = web::Permission::read_applications,
                   .operation = {.id = "downloadFile",
                                 .tag = "applications",
                                 .summary = "Download a file of an application",
                                 .about = "Each download is an event.",
                                 .parameters = {reference_part(), api::path_part("token", "`id` of the file.")},
                                 .gives = {{200, "Its bytes.", web::text("binary"), "*/*"}}}},
                  [&parts](const Call& call) { return take_file(parts, call.context); });
  api::add_change(
      router, api,
      {.method = web::Method::put,
       .path = "/applications/{reference}/assignee",
       .permission = web::Permission::screen_applications,
       .operation = {.id = "assignApplication",
                     .tag = "screening",
                     .summary = "Give an application to a coordinator, or to nobody",
                     .parameters = {reference_part()},
                     .takes = web::named("Assignment", web::object({{"person", api::id_schema().or_null()}})),
                     .gives = {api::given(
                         "Who has it now.",
                         web::named("Assigned", web::object({{"reference", web::text()},
                                                             {"assignee", api::id_schema().or_null()}})))}}},
      [&parts](const Call& call, db::Database& inside) { return assign(parts, call, inside); });
}

}  // namespace bursary::queue
