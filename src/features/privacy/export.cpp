#include "features/privacy/export.h"

#include <boost/json.hpp>
#include <deque>

#include "features/messages/desk.h"
#include "features/privacy/exports.sql.h"
#include "features/privacy/zip.h"

namespace bursary::privacy {
namespace {

namespace exports_sql = sql::privacy::exports;
namespace json = boost::json;
using applications::State;

json::value moment(const db::Row& row, std::size_t column) {
  const auto at = row.maybe_instant(column);
  return at ? json::value(to_rfc3339(*at)) : json::value(nullptr);
}

// Answers are kept as JSON: here they stand as themselves.
json::value parsed(const std::string& text) {
  boost::system::error_code problem;
  json::value value = json::parse(text, problem);
  return problem ? json::value(text) : value;
}

template <class Query, class Make>
json::array list(db::Tx& tx, const Query& query, std::int64_t id, Make make) {
  json::array all;
  const db::Rows rows = tx.query(query, id);
  for (std::size_t i = 0; i < rows.size(); ++i) all.push_back(make(rows.at(i)));
  return all;
}

constexpr std::string_view kMemberships[] = {"invited", "belongs", "declined"};  // by their codes

// Of a row's columns from `first` on: relation, state, may_submit, invited_at, answered_at.
void add_membership(const db::Row& row, std::size_t first, json::object& out) {
  const auto state = static_cast<std::size_t>(row.integer(first + 1));
  out["as"] = to_string(static_cast<applications::Relation>(row.integer(first)));
  out["state"] = state < std::size(kMemberships) ? kMemberships[state] : "unknown";
  out["may_submit"] = row.boolean(first + 2);
  out["invited_at"] = moment(row, first + 3);
  out["answered_at"] = moment(row, first + 4);
}

json::object person_json(db::Tx& tx, web::PersonId person) {
  json::object out;
  const auto row = tx.find(exports_sql::person, person);
  if (!row) return out;
  out["name"] = row->text(0);
  out["since"] = moment(*row, 1);
  const std::int64_t id = person.value;
  out["addresses"] = list(tx, exports_sql::addresses, id, [](const db::Row& one) -> json::value {
    return json::object{{"email", one.text(0)}, {"verified_at", moment(one, 1)}};
  });
  out["passkeys"] = list(tx, exports_sql::passkeys, id, [](const db::Row& one) -> json::value {
    return json::object{{"name", one.text(0)}, {"added_at", moment(one, 1)}, {"used_at", moment(one, 2)}};
  });
  out["providers"] = list(tx, exports_sql::identities, id, [](const db::Row& one) -> json::value {
    return json::object{
        {"issuer", one.text(0)}, {"subject", one.text(1)}, {"added_at", moment(one, 2)}, {"used_at", moment(one, 3)}};
  });
  out["sessions"] = list(tx, exports_sql::sessions, id, [](const db::Row& one) -> json::value {
    return json::object{{"browser", one.text(0)}, {"since", moment(one, 1)}, {"seen_at", moment(one, 2)}};
  });
  out["belongs_to"] = list(tx, exports_sql::memberships, id, [](const db::Row& one) -> json::value {
    json::object membership{{"reference", one.is_null(0) ? json::value(nullptr) : json::value(one.text(0))}};
    add_membership(one, 1, membership);
    return membership;
  });
  return out;
}

// As the applicant is told: a decision is nobody's before its release.
std::string_view told(State state) { return to_string(state == State::decided ? State::in_review : state); }

constexpr std::string_view kDecisions[] = {"award", "decline", "waitlist"};

void add_correspondence(db::Tx& tx, std::int64_t id, json::object& out) {
  out["letters"] = list(tx, exports_sql::letters, id, [](const db::Row& one) -> json::value {
    return json::object{
        {"from", one.boolean(0) ? "applicant" : "program"}, {"text", one.text(1)}, {"at", moment(one, 2)}};
  });
  out["changes_asked_for"] = list(tx, exports_sql::change_requests, id, [](const db::Row& one) -> json::value {
    return json::object{
        {"text", one.text(0)}, {"due", moment(one, 1)}, {"asked_at", moment(one, 2)}, {"answered_at", moment(one, 3)}};
  });
  out["decisions"] = list(tx, exports_sql::decisions, id, [](const db::Row& one) -> json::value {
    const auto kind = static_cast<std::size_t>(one.integer(0));
    return json::object{{"decision", kind < std::size(kDecisions) ? kDecisions[kind] : "unknown"},
                        {"criterion", one.text(1)},
                        {"reason", one.text(2)},
                        {"at", moment(one, 3)}};
  });
  out["appeals"] = list(tx, exports_sql::appeals, id, [](const db::Row& one) -> json::value {
    return json::object{
        {"text", one.text(0)}, {"at", moment(one, 1)}, {"answer", one.text(2)}, {"answered_at", moment(one, 3)}};
  });
  json::array mails;
  for (const messages::Message& message : messages::messages_for_applicant(tx, id)) {
    json::object values;
    for (const auto& [name, value] : message.placeholders) values[name] = value;
    mails.push_back(json::object{{"mail", message.template_key},
                                 {"to", message.recipient},
                                 {"at", to_rfc3339(message.sent_at.value_or(message.created_at))},
                                 {"values", std::move(values)}});
  }
  out["mails"] = std::move(mails);
}

struct FileToWrite {
  std::int64_t id = 0, size = 0;
  std::string path;
};

json::value application_json(db::Tx& tx, const Target::Application& application, std::deque<FileToWrite>& files) {
  const std::int64_t id = application.id.value;
  const auto row = tx.find(exports_sql::application, id);
  if (!row) return nullptr;
  json::object out{{"program", row->text(0)},
                   {"state", told(static_cast<State>(row->integer(1)))},
                   {"reference", row->is_null(2) ? json::value(nullptr) : json::value(row->text(2))},
                   {"language", row->text(3)},
                   {"name", row->text(4)},
                   {"email", row->text(5)},
                   {"institution", row->text(6)},
                   {"country", row->text(7)},
                   {"areas", row->text(8)},
                   {"created_at", moment(*row, 9)},
                   {"updated_at", moment(*row, 10)},
                   {"submitted_at", moment(*row, 11)}};
  if (const auto draft = tx.find(exports_sql::draft, id)) out["draft"] = parsed(draft->text(0));
  out["submissions"] = list(tx, exports_sql::submissions, id, [](const db::Row& one) -> json::value {
    return json::object{{"number", one.integer(0)}, {"submitted_at", moment(one, 1)}, {"answers", parsed(one.text(2))}};
  });
  const std::string folder = application.reference.empty() ? fmt::format("draft-{}", id) : application.reference;
  out["files"] = list(tx, exports_sql::files, id, [&](const db::Row& one) -> json::value {
    std::string path = fmt::format("files/{}/{}-{}", folder, one.text(2), one.text(3));
    for (char& c : path) {
      if (c == '\\') c = '_';
    }
    files.push_back({one.integer(0), one.integer(5), path});
    return json::object{{"question", one.text(1)}, {"name", one.text(3)}, {"type", one.text(4)}, {"path", path}};
  });
  out["people"] = list(tx, exports_sql::people, id, [](const db::Row& one) -> json::value {
    json::object member{{"email", one.text(0)}};
    add_membership(one, 1, member);
    return member;
  });
  add_correspondence(tx, id, out);
  out["events"] = list(tx, exports_sql::events, id, [](const db::Row& one) -> json::value {
    return json::object{
        {"what", one.text(0)}, {"by", one.integer(1) == 0 ? "applicant" : "program"}, {"at", moment(one, 2)}};
  });
  return out;
}

class DataExport final : public web::BodySource {
 public:
  DataExport(const Parts& parts, Target target) : parts_(parts), target_(std::move(target)) {}

  bool next(std::string& piece) override {
    if (ended_) return false;
    waiting_.clear();
    if (!zip_) {
      zip_ = std::make_unique<Zip>(waiting_);
      write_data();
    } else if (!files_.empty()) {
      write_file(files_.front());
      files_.pop_front();
    } else {
      zip_->finish();
      ended_ = true;
    }
    piece.swap(waiting_);
    return true;
  }

 private:
  void write_data() {
    const std::string data = parts_.database.read([&](db::Tx& tx) {
      files_.clear();
      json::array applications;
      for (const auto& application : target_.applications)
        applications.push_back(application_json(tx, application, files_));
      json::object all{{"format", "bursary-data-1"}, {"made_at", to_rfc3339(parts_.clock.now())}};
      if (target_.person) all["person"] = person_json(tx, *target_.person);
      all["applications"] = std::move(applications);
      return json::serialize(all) + "\n";
    });
    zip_->begin_file("data.json", static_cast<std::int64_t>(data.size()), parts_.clock.now());
    zip_->add(data);
  }

  void write_file(const FileToWrite& file) {
    std::string bytes = parts_.database.read([&](db::Tx& tx) {
      std::string all;
      for (const db::Row piece : tx.query(exports_sql::pieces, file.id)) all += piece.bytes(0);
      return all;
    });
    zip_->begin_file(file.path, static_cast<std::int64_t>(bytes.size()), parts_.clock.now());
    zip_->add(bytes);
  }

  const Parts& parts_;
  Target target_;
  std::deque<FileToWrite> files_;
  std::string waiting_;  // what the archive has written and nobody has read
  std::unique_ptr<Zip> zip_;
  bool ended_ = false;
};

}  // namespace

Result<void> tell_exported(const Parts& parts, const Target& target, const audit::By& by) {
  const std::string detail = target.person ? fmt::format(R"({{"person":{}}})", target.person->value)
                                           : fmt::format(R"({{"applications":{}}})", target.applications.size());
  return parts.database.write([&](db::Tx& tx) -> Result<void> {
    audit::write_event(
        tx, {parts.ids.next<audit::EventTag>(), std::nullopt, "data_exported", by, parts.clock.now(), detail});
    return {};
  });
}

std::shared_ptr<web::BodySource> open_data_export(const Parts& parts, const Target& target) {
  return std::make_shared<DataExport>(parts, target);
}

}  // namespace bursary::privacy
