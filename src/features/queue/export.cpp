#include <boost/json.hpp>

#include "base/csv.h"
#include "features/queue/exports.sql.h"
#include "features/queue/labels.h"
#include "features/queue/queue.h"

namespace bursary::queue {
namespace {

namespace exports_sql = sql::queue::exports;

constexpr std::size_t kPage = 200;

struct Exported {
  ListRow row;
  std::string email;
  std::int64_t number = 1;
  forms::Answers answers;
  std::shared_ptr<const forms::Definition> definition;
  std::vector<forms::Reading> readings;
};

std::vector<std::string> flag_names(std::uint64_t flags) {
  std::vector<std::string> names;
  for (const auto flag : flags_in(flags)) names.emplace_back(applications::to_string(flag));
  return names;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

std::string answer_text(const forms::Answers& answers, std::string_view key) {
  const auto found = answers.all().find(key);
  if (found == answers.all().end()) return {};
  if (const auto* files = std::get_if<std::vector<forms::FileAnswer>>(&found->second)) {
    std::vector<std::string> names;
    for (const auto& file : *files) names.push_back(file.name);
    return joined(names);
  }
  if (const auto* text = std::get_if<std::string>(&found->second)) return *text;
  return joined(answers.choices(key));
}

// Reads in pages of its own snapshots and hands out one formatted piece a page.
class ExportSource final : public web::BodySource {
 public:
  ExportSource(const Parts& parts, Filter filter, ExportFormat format)
      : parts_(parts), filter_(std::move(filter)), format_(format), program_(parts.programs.current()) {
    filter_.sort = Sort::newest;
    cursor_.newer_than = 0;  // and so the oldest first
  }

  bool next(std::string& piece) override {
    piece.clear();
    if (finished_) return false;
    if (!begun_ && format_ == ExportFormat::csv) write_heading(piece);
    begun_ = true;
    const auto page = parts_.database.read([&](db::Tx& tx) { return read_page(tx); });
    for (const auto& one : page) format_ == ExportFormat::csv ? write_csv(piece, one) : write_json(piece, one);
    return !piece.empty();
  }

 private:
  std::vector<Exported> read_page(db::Tx& tx) {
    const ListPage page = list(tx, program_->slug, filter_, cursor_, kPage, Walk::unbounded);
    finished_ = !page.has_newer;
    std::vector<Exported> out;
    // list() gives each page newest first; an export goes from the oldest on.
    for (auto row = page.rows.rbegin(); row != page.rows.rend(); ++row) {
      cursor_.newer_than = row->queue_id;
      if (const auto latest = tx.find(exports_sql::latest, row->id)) out.push_back(read_one(tx, *row, *latest));
    }
    return out;
  }

  Exported read_one(db::Tx& tx, const ListRow& row, const db::Row& latest) const {
    Exported one;
    one.row = row;
    one.email = latest.text(4);
    one.number = latest.integer(5);
    one.definition = parts_.form_versions.get(tx, latest.id<applications::FormVersionId>(3));
    if (auto answers = forms::answers_from_json(latest.text(6))) one.answers = std::move(*answers);
    for (const db::Row reading : tx.query(exports_sql::readings, row.id)) {
      one.readings.push_back({reading.text(0), static_cast<forms::Reading::Kind>(reading.integer(1)),
                              reading.integer(2), reading.text(3)});
    }
    return one;
  }

  void write_heading(std::string& out) const {
    CsvLine line(out);
    for (const auto* name : {"reference", "state", "submitted_at", "language", "flags", "submission"}) line.cell(name);
    for_each_question([&](const forms::Question& question) {
      line.cell(question.key);
      if (has_reading(question)) line.cell(question.key + "_read");
    });
    line.cell("other_answers");
    line.end();
  }

  void write_csv(std::string& out, const Exported& one) const {
    CsvLine line(out);
    line.cell(one.row.reference);
    line.cell(applications::to_string(one.row.state));
    line.cell(to_rfc3339(one.row.submitted_at));
    line.cell(one.row.locale);
    line.cell(joined(flag_names(one.row.flags)));
    line.cell(std::to_string(one.number));
    for_each_question([&](const forms::Question& question) {
      line.cell(answer_text(one.answers, question.key));
      if (has_reading(question)) line.cell(reading_of(one, question.key));
    });
    line.cell(other_answers(one));
    line.end();
  }

  void write_json(std::string& out, const Exported& one) const {
    boost::json::object object;
    object["reference"] = one.row.reference;
    object["state"] = applications::to_string(one.row.state);
    object["submitted_at"] = to_rfc3339(one.row.submitted_at);
    object["language"] = one.row.locale;
    boost::json::array flags;
    for (const auto& name : flag_names(one.row.flags)) flags.emplace_back(name);
    object["flags"] = std::move(flags);
    object["submission"] = one.number;
    object["form_version"] = forms::version_of(*one.definition);
    object["answers"] = boost::json::parse(forms::to_json(one.answers));
    boost::json::object readings;
    for (const auto& reading : one.readings) readings[reading.question] = reading_text(reading);
    object["readings"] = std::move(readings);
    out += boost::json::serialize(object);
    out += '\n';
  }

  // Answers to questions that the current form does not have: older versions' are never dropped.
  std::string other_answers(const Exported& one) const {
    boost::json::object others;
    for (const auto& [key, answer] : one.answers.all()) {
      if (program_->form.find(key) == nullptr) others[key] = answer_text(one.answers, key);
    }
    return others.empty() ? std::string{} : boost::json::serialize(others);
  }

  static std::string reading_of(const Exported& one, std::string_view key) {
    for (const auto& reading : one.readings) {
      if (reading.question == key) return reading_text(reading);
    }
    return {};
  }
  static bool has_reading(const forms::Question& question) {
    using forms::QuestionType;
    return question.type == QuestionType::money || question.type == QuestionType::duration ||
           question.type == QuestionType::number;
  }
  template <class Take>
  void for_each_question(const Take& take) const {
    for (const auto& section : program_->form.sections) {
      for (const auto& question : section.questions) take(question);
    }
  }

  const Parts& parts_;
  Filter filter_;
  const ExportFormat format_;
  const std::shared_ptr<const programs::Program> program_;
  Cursor cursor_;
  bool begun_ = false, finished_ = false;
};

}  // namespace

std::shared_ptr<web::BodySource> open_export(const Parts& parts, const Filter& filter, ExportFormat format) {
  return std::make_shared<ExportSource>(parts, filter, format);
}

}  // namespace bursary::queue
