#include <algorithm>
#include <boost/json.hpp>

#include "features/audit/audit.h"
#include "features/messages/messages.h"
#include "features/queue/application.html.h"
#include "features/queue/application.sql.h"
#include "features/queue/application_page.h"
#include "features/queue/application_view.h"
#include "features/queue/labels.h"
#include "features/queue/pages.h"
#include "features/site/application_places.h"
#include "features/site/site.h"
#include "html/figures.h"

namespace bursary::queue {
namespace {

namespace application_sql = sql::queue::application;
using applications::ApplicationId;

// Everything the page needs, from one snapshot.
struct Shown {
  ListRow row;
  std::string email;
  applications::FormVersionId form_version;
  forms::Answers answers;
  std::vector<forms::Reading> readings;
  struct Event {
    std::string kind;
    applications::Actor actor{};
    Instant at;
    std::string detail, person;  // empty: nobody in particular
  };
  std::vector<Event> events;
  struct Flagged {
    applications::Flag kind{};
    std::string detail;
    Instant at;
  };
  std::vector<Flagged> flags;
  std::vector<messages::Message> messages;
};

std::optional<Shown> find_by_reference(db::Tx& tx, std::string_view program, const std::string& reference) {
  const auto row = tx.find(application_sql::by_reference, reference);
  if (!row || row->text(1) != program) return std::nullopt;
  Shown found;
  found.row.id = row->id<ApplicationId>(0);
  found.row.state = static_cast<applications::State>(row->integer(2));
  found.row.reference = row->text(3);
  found.row.locale = row->text(5);
  found.row.applicant_name = row->text(6);
  found.email = row->text(7);
  found.row.institution = row->text(8);
  found.row.country = row->text(9);
  found.row.flags = static_cast<std::uint64_t>(row->integer(10));
  found.row.submitted_at = row->instant(11);
  if (const auto submission = tx.find(application_sql::latest_submission, found.row.id)) {
    found.form_version = submission->id<applications::FormVersionId>(1);
    if (auto answers = forms::answers_from_json(submission->text(3))) found.answers = std::move(*answers);
  }
  for (const db::Row reading : tx.query(application_sql::readings, found.row.id)) {
    found.readings.push_back(
        {reading.text(0), static_cast<forms::Reading::Kind>(reading.integer(1)), reading.integer(2), reading.text(3)});
  }
  for (const db::Row event : tx.query(application_sql::timeline, found.row.id)) {
    found.events.push_back({event.text(0), static_cast<applications::Actor>(event.integer(1)), event.instant(2),
                            event.text(3), event.text_or_empty(4)});
  }
  for (const db::Row flag : tx.query(application_sql::flags, found.row.id)) {
    found.flags.push_back({static_cast<applications::Flag>(flag.integer(0)), flag.text(1), flag.instant(2)});
  }
  found.messages = messages::messages_of(tx, found.row.id.value);
  return found;
}

// A flag's sentence with the values that its detail holds.
Phrase flag_explanation(const Shown::Flagged& flag) {
  Phrase phrase("queue.flag_detail." + std::string(applications::to_string(flag.kind)));
  boost::system::error_code problem;
  const auto detail = boost::json::parse(flag.detail, problem);
  if (problem || !detail.is_object()) return phrase;
  for (const auto& [key, value] : detail.get_object()) {
    phrase.values.emplace_back(key,
                               value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value));
  }
  return phrase;
}

// Short, for the side: "Anticipated budget", not the whole question.
std::string name_of(const forms::Definition& definition, const std::string& key, std::string_view locale) {
  const forms::Question* question = definition.find(key);
  if (question == nullptr || question->name.empty()) return forms::label_of(definition, key, locale);
  return question->name.in(locale);
}

std::string file_facts(const forms::FileAnswer& file, const html::Phrasebook& phrases) {
  return file.type + ", " + phrases.number((file.bytes + 1023) / 1024) + " KB";
}

void fill_facts(ApplicationView& view, const Shown& found, const programs::Program& program,
                const html::Phrasebook& phrases) {
  view.applicant = found.row.applicant_name.empty() ? found.row.reference : found.row.applicant_name;
  view.reference = found.row.reference;
  view.institution = found.row.institution;
  view.country = country_label(program.form, found.row.country, phrases.tag());
  view.email = found.email;
  view.language = html::language(phrases, found.row.locale);
  view.state = state_label(found.row.state);
  view.state_class = state_class(found.row.state);
  view.submitted_at = to_rfc3339(found.row.submitted_at);
  view.submitted_text = phrases.date_time(found.row.submitted_at, program.time_zone);
}

// "moved" and its like name two states in their detail.
Phrase event_phrase(const Shown::Event& event, const html::Phrasebook& phrases) {
  Phrase phrase("audit.event." + event.kind);
  boost::system::error_code problem;
  const auto detail = boost::json::parse(event.detail, problem);
  if (problem || !detail.is_object()) return phrase;
  for (const char* end : {"from", "to"}) {
    const auto* name = detail.get_object().if_contains(end);
    const auto state = name != nullptr && name->is_string()
                           ? applications::state_named(std::string_view(name->get_string()))
                           : std::nullopt;
    if (state) phrase.values.emplace_back(end, phrases.text(state_label(*state)));
  }
  return phrase;
}

// Everything that happened, from wherever it is kept, in one line of time.
std::vector<TimelineEntry> make_timeline(const Shown& found, const programs::Program& program,
                                         const html::Phrasebook& phrases) {
  static constexpr const char* kWho[] = {"queue.actor.applicant", "queue.actor.staff", "queue.actor.program"};
  std::vector<TimelineEntry> timeline;
  const auto add = [&](Phrase what, std::string who, Instant at, std::string problem = {}) {
    timeline.push_back({std::move(what), std::move(who), at, to_rfc3339(at), phrases.date_time(at, program.time_zone),
                        std::move(problem)});
  };
  for (const auto& event : found.events) {
    std::string who = event.person.empty() ? phrases.text(kWho[static_cast<std::size_t>(event.actor)])
                                           : phrases.text("queue.by", {{"name", event.person}});
    add(event_phrase(event, phrases), std::move(who), event.at);
  }
  for (const auto& flag : found.flags) {
    const std::string name = phrases.text("queue.flag." + std::string(applications::to_string(flag.kind)));
    add({"queue.flagged", {{"flag", name}}}, phrases.text(kWho[2]), flag.at);
  }
  for (const auto& message : found.messages) {
    const auto words = messages::words_of(program, message);
    add({"queue.message." + std::string(messages::to_string(message.state)),
         {{"subject", words ? words->subject : message.template_key}}},
        phrases.text("queue.to", {{"recipient", message.recipient}}), message.sent_at.value_or(message.created_at),
        message.problem);
  }
  std::ranges::stable_sort(timeline, {}, &TimelineEntry::moment);
  return timeline;
}

ApplicationView make_view(const Shown& found, const forms::Definition& definition, const programs::Program& program,
                          const html::Phrasebook& phrases) {
  ApplicationView view;
  fill_facts(view, found, program, phrases);
  view.timeline = make_timeline(found, program, phrases);
  view.back = "/staff";
  const std::string version = forms::version_of(definition);
  view.form_version = version.substr(0, 12);
  view.older_form = version != program.form_version;
  const std::string file_prefix = "/staff/applications/" + found.row.reference + "/file/";
  const std::vector<FieldError> none;
  view.answers =
      forms::render_answers({definition, found.answers, phrases.tag(), none, none, file_prefix}, phrases, {});
  for (const auto& flag : found.flags) {
    view.flags.push_back(
        {Phrase("queue.flag." + std::string(applications::to_string(flag.kind))), flag_explanation(flag)});
  }
  for (const auto& reading : found.readings) {
    std::string read = reading_words(reading, definition.meanings, phrases);
    std::string typed = found.answers.text(reading.question);
    if (typed == read || typed == html::figure(phrases, reading.value)) typed.clear();
    view.readings.push_back({name_of(definition, reading.question, phrases.tag()), std::move(typed), std::move(read)});
  }
  for (const auto& [key, answer] : found.answers.all()) {
    if (const auto* files = std::get_if<std::vector<forms::FileAnswer>>(&answer)) {
      for (const auto& file : *files)
        view.files.push_back({file_prefix + file.id, file.name, file_facts(file, phrases)});
    }
  }
  return view;
}

web::Response not_found(const Parts& parts, const web::Request& request, const web::Context& context) {
  return site::error_page(*parts.programs.current(), request, context, 404,
                          Error{ErrorKind::not_found, "problem.not_found", {}, {}});
}

}  // namespace

std::optional<DrawnApplication> draw_application(const Parts& parts, const web::Context& context,
                                                 const programs::Program& program, const std::string& reference,
                                                 bool beside) {
  const auto found = parts.database.read([&](db::Tx& tx) { return find_by_reference(tx, program.slug, reference); });
  if (!found) return std::nullopt;
  const auto definition = parts.form_versions.get(found->form_version);
  ApplicationView view = make_view(*found, *definition, program, context.phrases);
  view.places = site::application_places(context, found->row.reference, site::ApplicationPlace::answers);
  view.beside = beside;
  view.own_page = "/staff/applications/" + found->row.reference;
  html::Writer w(context.phrases);
  tpl::queue::application(w, view);
  return DrawnApplication{w.take(), found->row.applicant_name + " · " + found->row.reference};
}

web::Response show_application(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  // The pane beside the list asks for the part alone.
  const bool part = request.parameter("part").has_value();
  auto drawn = draw_application(parts, context, *program, context.path_value("reference"), part);
  if (!drawn) return not_found(parts, request, context);
  if (part) return web::html_page(std::move(drawn->html));
  site::PageHead head;
  head.title = drawn->title;
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, drawn->html);
}

web::Response send_file(const Parts& parts, const web::Request& request, const web::Context& context) {
  auto taken = take_file(parts, context);
  if (taken) return std::move(*taken);
  if (taken.error().kind == ErrorKind::not_found) return not_found(parts, request, context);
  return site::error_page(*parts.programs.current(), request, context, web::status_of(taken.error().kind),
                          taken.error());
}

Result<web::Response> take_file(const Parts& parts, const web::Context& context) {
  struct Download {
    std::string name, media_type, bytes;
    std::int64_t application = 0, file = 0;
  };
  const auto program = parts.programs.current();
  const auto download = parts.database.read([&](db::Tx& tx) -> std::optional<Download> {
    const auto row = tx.find(application_sql::by_reference, context.path_value("reference"));
    if (!row || row->text(1) != program->slug) return std::nullopt;
    const auto file = tx.find(application_sql::file, row->integer(0), context.path_value("token"));
    if (!file) return std::nullopt;
    Download out{file->text(1), file->text(2), {}, row->integer(0), file->integer(0)};
    out.bytes.reserve(static_cast<std::size_t>(file->integer(3)));
    for (const db::Row piece : tx.query(application_sql::file_pieces, file->integer(0))) out.bytes += piece.bytes(0);
    return out;
  });
  if (!download) return fail(ErrorKind::not_found, "problem.not_found");
  // No GET changes the database but for such rows: who took what is kept.
  const auto recorded = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    const audit::By by{audit::Actor::staff, context.viewer.person};
    const std::string detail = fmt::format(R"({{"file":{}}})", download->file);
    audit::write_event(
        tx, {parts.ids.next<audit::EventTag>(), download->application, "file_read", by, context.now, detail});
    return true;
  });
  if (!recorded) return fail(recorded.error());
  return web::attachment(download->bytes, download->media_type, download->name);
}

}  // namespace bursary::queue
