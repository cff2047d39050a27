#include <fmt/format.h>

#include <boost/json.hpp>
#include <deque>
#include <future>
#include <stdexcept>

#include "base/crypto.h"
#include "base/text.h"
#include "features/forms/forms.h"
#include "features/rehearsal/insert.sql.h"
#include "features/rehearsal/maker.h"

namespace bursary::rehearsal {
namespace {

namespace insert_sql = sql::rehearsal::insert;
using applications::ApplicationId;

constexpr std::int64_t kBatch = 1000;  // applications in one transaction
constexpr int kDraws = 4;              // of what must be one of a kind, before the generator must be broken
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kLongestColumn = 200;  // characters, as applications cuts them
constexpr std::chrono::seconds kMailTook{3};

// One application as rows, made outside the transaction.
struct Prepared {
  MadeApplication made;
  ApplicationId id;
  std::int64_t queue_id = 0, tally_id = 0;
  std::string reference, name, email, institution, country;
  std::vector<std::string> areas;
  std::string answers, salt;
  struct Event {
    std::int64_t id;
    std::string_view kind;
    Instant at;
    audit::Actor by = audit::Actor::applicant;
    std::string detail = "{}";
  };
  std::vector<Event> events;
  struct Mail {
    std::int64_t id;
    std::string_view template_key;
    Instant at;
    std::string placeholders;
  };
  std::vector<Mail> mails;
  Sha256 link_hash{}, digest{};
  std::vector<forms::Reading> readings;
};

class Preparer {
 public:
  Preparer(const applications::Parts& parts, const Rehearsal& rehearsal)
      : parts_(parts), program_(parts.programs.current()), now_(parts.clock.now()), maker_(rehearsal, *program_, now_) {
    form_version_ = parts_.form_versions.keep(*program_, parts_.ids, now_);
  }

  std::vector<Prepared> batch(std::int64_t first, std::int64_t count) const {
    std::vector<Prepared> all;
    all.reserve(static_cast<std::size_t>(count));
    for (std::int64_t number = first; number < first + count; ++number) all.push_back(prepare(number));
    return all;
  }

  // References and queue ids; also for when one of them is taken: among a million references, two are alike every other
  // time.
  void draw_unique(Prepared& p) const;

  // The order of submit's own writes.
  void write(db::Tx& tx, const Prepared& p) const {
    const Instant at = p.made.submitted_at;
    const std::string first_area = p.areas.empty() ? std::string() : p.areas.front();
    tx.post(insert_sql::application, p.id, program_->slug, p.made.state, p.reference,
            db::BytesView{bytes_of(p.link_hash)}, form_version_, p.made.locale, p.name, p.email, p.institution,
            p.country, first_area, fmt::format("{}", fmt::join(p.areas, " ")), p.made.flags, p.made.draft ? 2 : 1,
            p.made.draft ? p.made.draft->started_at : at, at, p.queue_id,
            p.made.moves.empty() ? std::optional<Instant>() : p.made.moves.back().at);
    tx.post(insert_sql::submission, p.id, form_version_, at, p.answers, db::BytesView{p.salt},
            db::BytesView{bytes_of(p.digest)});
    for (const std::string& area : p.areas) tx.post(insert_sql::area, program_->slug, area, p.made.state, p.queue_id);
    for (const forms::Reading& reading : p.readings) {
      tx.post(insert_sql::reading, p.id, reading.question, reading.kind, reading.value, reading.currency);
    }
    for (const applications::Flag flag : applications::kAllFlags) {
      if ((p.made.flags >> static_cast<unsigned>(flag) & 1U) != 0)
        tx.post(insert_sql::flag, p.id, flag, p.queue_id, at);
    }
    for (const Prepared::Event& event : p.events) {
      tx.post(insert_sql::event, event.id, p.id, event.kind, event.by, event.at, event.detail);
      tx.post(insert_sql::wait_for_seal, event.id);
    }
    for (const Prepared::Mail& mail : p.mails) {
      tx.post(insert_sql::message, mail.id, p.id, mail.template_key, p.made.locale, p.email, mail.placeholders,
              fmt::format("<{}.rehearsal@example.org>", mail.id), mail.at, mail.at + kMailTook);
    }
    tx.post(insert_sql::backlog, p.queue_id, now_);
    tx.post(insert_sql::tally, p.tally_id, program_->slug, p.made.state, p.country,
            fmt::format("{}", fmt::join(p.areas, " ")), p.made.flags);
  }

 private:
  Prepared prepare(std::int64_t number) const;
  void fill_columns(Prepared& p) const;
  void fill_story(Prepared& p) const;
  std::int64_t draw_id(Instant at) const;
  void draw_reference(Prepared& p) const;

  const applications::Parts& parts_;
  std::shared_ptr<const programs::Program> program_;
  Instant now_;
  Maker maker_;
  applications::FormVersionId form_version_;
};

void Preparer::fill_columns(Prepared& p) const {
  const forms::Meanings& means = program_->form.meanings;
  const auto column = [&](const std::string& question) {
    return question.empty() ? std::string()
                            : std::string(first_characters(p.made.answers.text(question), kLongestColumn));
  };
  p.name = column(means.first_name) + ' ' + column(means.last_name);
  p.email = column(means.email);
  p.institution = column(means.institution);
  p.country = column(means.country);
  p.areas = means.areas.empty() ? std::vector<std::string>() : p.made.answers.choices(means.areas);
  const forms::Country* country = program_->form.country(p.country);
  if (country != nullptr && !country->supported) {
    p.made.flags |= static_cast<std::uint64_t>(applications::bit_of(applications::Flag::unsupported_country));
  }
}

Prepared Preparer::prepare(std::int64_t number) const {
  Prepared p;
  p.made = maker_.make(number);
  fill_columns(p);
  p.id = parts_.ids.next<applications::ApplicationTag>();
  fill_story(p);
  p.tally_id = parts_.ids.next_value();
  p.answers = forms::to_json(p.made.answers);
  std::uint8_t salt[kSaltBytes];
  parts_.random.fill(salt);
  p.salt.assign(std::begin(salt), std::end(salt));
  p.digest = applications::answers_digest(p.salt, p.answers);
  p.readings = forms::read_answers(program_->form, p.made.answers);
  p.link_hash = applications::LinkSecret::derive(p.id, parts_.secret).hash();
  draw_unique(p);
  return p;
}

// What happened, in order: each event with the mail that it sent.
void Preparer::fill_story(Prepared& p) const {
  const auto happened = [&](std::string_view kind, Instant at) {
    p.events.push_back({0, kind, at, {}, "{}"});  // its id is drawn with the queue's
  };
  const auto mailed = [&](std::string_view template_key, Instant at, std::string placeholders) {
    if (!p.email.empty()) p.mails.push_back({parts_.ids.next_value(), template_key, at, std::move(placeholders)});
  };
  if (p.made.draft) {
    const Instant started = p.made.draft->started_at;
    happened("draft_started", started);
    if (p.made.draft->link_mailed_at) {
      happened("link_mailed", *p.made.draft->link_mailed_at);
      const Instant ends = started + std::chrono::hours(24) * std::max(1, program_->draft_days);
      mailed("draft_link", *p.made.draft->link_mailed_at,
             boost::json::serialize(boost::json::object{{"expires_date", to_rfc3339(ends)},
                                                        {"link", {{"opens", "draft"}, {"id", p.id.value}}}}));
    }
  }
  happened("submitted", p.made.submitted_at);
  for (const MadeApplication::Move& move : p.made.moves) {
    using applications::State;
    const audit::Actor by = move.to == State::withdrawn ? audit::Actor::applicant : audit::Actor::program;
    p.events.push_back({0, "moved", move.at, by,
                        fmt::format(R"({{"from":"{}","to":"{}"}})", applications::to_string(move.from),
                                    applications::to_string(move.to))});
  }
  mailed("submitted", p.made.submitted_at, {});  // its values name the reference, which is drawn last
}

void Preparer::draw_unique(Prepared& p) const {
  p.queue_id = draw_id(p.made.submitted_at);
  for (Prepared::Event& event : p.events) event.id = draw_id(event.at);
  draw_reference(p);
}

// As if an IdSource had made it at that time. Below the millisecond, where a source has its node and sequence, stand
// the microseconds, which keep the order (no two of a set are submitted in the same one), and a number drawn, so that
// even another set's application of the same microsecond shares it once in four thousand times; then it is drawn again.
std::int64_t Preparer::draw_id(Instant at) const {
  const std::int64_t micros = at.micros % 1000;
  return first_id_at(at) | micros << 12 | static_cast<std::int64_t>(parts_.random.below(4096));
}

void Preparer::draw_reference(Prepared& p) const {
  p.reference = applications::make_reference(program_->reference_prefix, parts_.random);
  if (p.mails.empty()) return;
  const Instant decision = p.made.submitted_at + std::chrono::hours(24) * program_->decision_days;
  p.mails.back().placeholders = boost::json::serialize(
      boost::json::object{{"name", p.name},
                          {"reference", p.reference},
                          {"link", {{"opens", "application"}, {"id", p.id.value}}},
                          {"submitted_at", to_rfc3339(p.made.submitted_at)},
                          {"decision_date", program_->decision_days > 0 ? to_rfc3339(decision) : std::string()}});
}

void write_batch(const applications::Parts& parts, const Preparer& preparer, std::vector<Prepared>& batch) {
  for (int draw = 1;; ++draw) {
    try {
      const Result<bool> written = parts.database.write([&](db::Tx& tx) -> Result<bool> {
        for (const Prepared& prepared : batch) preparer.write(tx, prepared);
        return true;
      });
      if (!written) throw std::runtime_error("the database takes no writes: " + written.error().detail);
      return;
    } catch (const db::ConstraintViolated& violated) {
      if (violated.kind() != db::ConstraintViolated::Kind::unique || draw == kDraws) throw;
      for (Prepared& prepared : batch) preparer.draw_unique(prepared);
    }
  }
}

}  // namespace

std::uint64_t seed_beside(db::Tx& tx, std::uint64_t seed) {
  const auto held = static_cast<std::uint64_t>(tx.query(insert_sql::count_submitted).at(0).integer(0));
  return seed + held * 0xBF58476D1CE4E5B9U;  // odd and large: another for every number, none near a seed that is typed
}

void insert_applications(const applications::Parts& parts, const Rehearsal& rehearsal,
                         const std::function<void(std::int64_t)>& progress) {
  const Preparer preparer(parts, rehearsal);
  if (rehearsal.count <= 0) return;
  const auto batch_from = [&](std::int64_t first) {
    const std::int64_t count = std::min(kBatch, rehearsal.count - first);
    return std::async(std::launch::async, [&preparer, first, count] { return preparer.batch(first, count); });
  };
  // SQLite has one writer, which should never wait for us; a PostgreSQL server works for several connections at once.
  const std::size_t writers = parts.database.dialect() == db::Dialect::sqlite ? 2 : 3;
  std::deque<std::future<std::int64_t>> writing;
  std::int64_t done = 0;
  const auto wait_for_first = [&] {
    done += writing.front().get();
    writing.pop_front();
    progress(done);
  };
  // The next batch is made while others are written.
  auto next = batch_from(0);
  for (std::int64_t made = 0; made < rehearsal.count;) {
    std::vector<Prepared> batch = next.get();
    made += static_cast<std::int64_t>(batch.size());
    if (made < rehearsal.count) next = batch_from(made);
    writing.push_back(std::async(std::launch::async, [&parts, &preparer, all = std::move(batch)]() mutable {
      write_batch(parts, preparer, all);
      return static_cast<std::int64_t>(all.size());
    }));
    if (writing.size() >= writers) wait_for_first();
  }
  while (!writing.empty()) wait_for_first();
}

}  // namespace bursary::rehearsal
