#include <boost/json.hpp>

#include "features/messages/messages.h"
#include "features/queue/application.html.h"
#include "features/queue/application.sql.h"
#include "features/queue/application_view.h"
#include "features/queue/labels.h"
#include "features/queue/pages.h"
#include "features/site/site.h"

namespace bursary::queue {
namespace {

namespace statements = sql::queue::application;
using applications::ApplicationId;

// Everything the page needs, from one snapshot.
struct Found {
  ListRow row;
  std::string email;
  applications::FormVersionId form_version;
  forms::Answers answers;
  std::vector<forms::Reading> readings;
  struct Event {
    std::string kind;
    applications::Actor actor{};
    Instant at;
  };
  std::vector<Event> events;
  struct Flagged {
    applications::Flag kind{};
    std::string detail;
  };
  std::vector<Flagged> flags;
  std::vector<messages::Message> messages;
};

std::optional<Found> find_by_reference(db::Tx& tx, std::string_view program, const std::string& reference) {
  const auto row = tx.find(statements::by_reference, reference);
  if (!row || row->text(1) != program) return std::nullopt;
  Found found;
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
  if (const auto submission = tx.find(statements::latest_submission, found.row.id)) {
    found.form_version = submission->id<applications::FormVersionId>(1);
    if (auto answers = forms::answers_from_json(submission->text(3))) found.answers = std::move(*answers);
  }
  for (const db::Row reading : tx.query(statements::readings, found.row.id)) {
    found.readings.push_back(
        {reading.text(0), static_cast<forms::Reading::Kind>(reading.integer(1)), reading.integer(2), reading.text(3)});
  }
  for (const db::Row event : tx.query(statements::timeline, found.row.id)) {
    found.events.push_back({event.text(0), static_cast<applications::Actor>(event.integer(1)), event.instant(2)});
  }
  for (const db::Row flag : tx.query(statements::flags, found.row.id)) {
    found.flags.push_back({static_cast<applications::Flag>(flag.integer(0)), flag.text(1)});
  }
  found.messages = messages::messages_of(tx, found.row.id.value);
  return found;
}

// A flag's sentence with the values that its detail holds.
Phrase flag_explanation(const Found::Flagged& flag) {
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

std::string file_facts(const forms::FileAnswer& file, const html::Phrasebook& phrases) {
  return file.type + ", " + phrases.number((file.bytes + 1023) / 1024) + " KB";
}

void fill_people_and_times(ApplicationView& view, const Found& found, const programs::Program& program,
                           const html::Phrasebook& phrases) {
  static constexpr const char* kWho[] = {"queue.actor.applicant", "queue.actor.staff", "queue.actor.program"};
  const auto when = [&](Instant at) { return phrases.date_time(at, program.time_zone); };
  view.applicant = found.row.applicant_name.empty() ? found.row.reference : found.row.applicant_name;
  view.reference = found.row.reference;
  view.institution = found.row.institution;
  view.country = country_label(program.form, found.row.country, phrases.tag());
  view.email = found.email;
  view.language = found.row.locale;
  view.state = state_label(found.row.state);
  view.state_class = state_class(found.row.state);
  view.submitted_at = to_rfc3339(found.row.submitted_at);
  view.submitted_text = when(found.row.submitted_at);
  for (const auto& event : found.events) {
    view.timeline.push_back({Phrase("queue.event." + event.kind), Phrase(kWho[static_cast<std::size_t>(event.actor)]),
                             to_rfc3339(event.at), when(event.at)});
  }
  for (const auto& message : found.messages) {
    const auto words = messages::words_of(program, message);
    const Instant at = message.sent_at.value_or(message.created_at);
    view.messages.push_back({Phrase("queue.message." + std::string(messages::to_string(message.state))),
                             words ? words->subject : message.template_key, message.recipient, to_rfc3339(at), when(at),
                             message.problem});
  }
}

ApplicationView make_view(const Found& found, const forms::Definition& definition, const programs::Program& program,
                          const html::Phrasebook& phrases) {
  ApplicationView view;
  fill_people_and_times(view, found, program, phrases);
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
    view.readings.push_back({forms::label_of(definition, reading.question, phrases.tag()),
                             found.answers.text(reading.question), reading_text(reading)});
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

web::Response show_application(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const auto found = parts.database.read(
      [&](db::Tx& tx) { return find_by_reference(tx, program->slug, context.path_value("reference")); });
  if (!found) return not_found(parts, request, context);
  const auto definition = parts.form_versions.get(found->form_version);
  html::Writer w(context.phrases);
  tpl::queue::application(w, make_view(*found, *definition, *program, context.phrases));
  site::PageHead head;
  head.title = found->row.applicant_name + " · " + found->row.reference;
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take());
}

web::Response send_file(const Parts& parts, const web::Request& request, const web::Context& context) {
  struct Download {
    std::string name, media_type, bytes;
  };
  const auto program = parts.programs.current();
  const auto download = parts.database.read([&](db::Tx& tx) -> std::optional<Download> {
    const auto row = tx.find(statements::by_reference, context.path_value("reference"));
    if (!row || row->text(1) != program->slug) return std::nullopt;
    const auto file = tx.find(statements::file, row->integer(0), context.path_value("token"));
    if (!file) return std::nullopt;
    Download out{file->text(1), file->text(2), {}};
    out.bytes.reserve(static_cast<std::size_t>(file->integer(3)));
    for (const db::Row piece : tx.query(statements::file_pieces, file->integer(0))) out.bytes += piece.bytes(0);
    return out;
  });
  if (!download) return not_found(parts, request, context);
  return web::attachment(download->bytes, download->media_type, download->name);
}

}  // namespace bursary::queue
