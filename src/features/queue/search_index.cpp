#include <fmt/format.h>

#include <set>

#include "base/search_words.h"
#include "base/text.h"
#include "features/defence/similarity.h"
#include "features/queue/query_sql.h"
#include "features/queue/queue.h"
#include "features/queue/search_index.sql.h"

namespace bursary::queue {
namespace {

namespace statements = sql::queue::search_index;
using applications::ApplicationId;

constexpr std::chrono::seconds kLease{5};  // renewed with each batch; a node that died holds the others up no longer
constexpr std::size_t kLongestText = 256 * 1024;
constexpr std::size_t kLastPosition = 16'383;  // of a tsvector

// What the index needs to know of one application, made outside the writing transaction.
struct Document {
  std::int64_t queue_id = 0;
  ApplicationId id;
  std::string reference, body, facets;
  std::vector<defence::Band> bands;
  std::string long_text;
};

void append_answer(std::string& out, const forms::Answer& answer) {
  if (const auto* text = std::get_if<std::string>(&answer)) out += *text;
  if (const auto* choices = std::get_if<std::vector<std::string>>(&answer)) {
    for (const auto& choice : *choices) out += choice + "\n";
  }
  if (const auto* files = std::get_if<std::vector<forms::FileAnswer>>(&answer)) {
    for (const auto& file : *files) out += file.name + "\n";
  }
  out += '\n';
}

// What similarity looks at: the long answers alone.
std::string long_answers(const forms::Definition& definition, const forms::Answers& answers) {
  std::string out;
  for (const auto& section : definition.sections) {
    for (const auto& question : section.questions) {
      if (question.type == forms::QuestionType::long_text) out += answers.text(question.key) + "\n";
    }
  }
  return out;
}

// Words as the column takes them: plain for FTS5, with positions as a tsvector.
std::string index_form(db::Dialect dialect, const std::vector<std::string>& words) {
  std::string out;
  std::size_t position = 0;
  for (const auto& word : words) {
    if (dialect == db::Dialect::sqlite) {
      out += word + ' ';
      continue;
    }
    out += '\'';
    for (const char c : word) {
      if (c == '\'' || c == '\\') out += c;
      out += c;
    }
    position = std::min(position + 1, kLastPosition);
    out += fmt::format("':{} ", position);
  }
  return out;
}

Document make_document(db::Dialect dialect, std::int64_t queue_id, const db::Row& row,
                       const forms::Definition& definition) {
  Document document;
  document.queue_id = queue_id;
  document.id = row.id<ApplicationId>(0);
  document.reference = row.text(2);
  const auto answers = forms::answers_from_json(row.text(8));
  std::string text = fmt::format("{}\n{}\n{}\n{}\n", row.text(2), row.text(5), row.text(6), row.text(7));
  std::vector<std::string> facets = {facet_word(dialect, "country", row.text(3))};
  if (answers) {
    for (const auto& [key, answer] : answers->all()) append_answer(text, answer);
    for (const auto& area : answers->choices(definition.meanings.areas))
      facets.push_back(facet_word(dialect, "area", area));
    document.long_text = long_answers(definition, *answers);
    document.bands = defence::bands_of(document.long_text);
  }
  if (text.size() > kLongestText) text.resize(kLongestText);
  document.body = index_form(dialect, search_words(repair_utf8(text)));
  document.facets = index_form(dialect, facets);
  return document;
}

// The application that this one most resembles, if any does enough: among those with a band in common, in the table or
// earlier in the same batch.
struct Likeness {
  std::string reference;
  double resemblance = 0;
};

class LikenessSearch {
 public:
  explicit LikenessSearch(db::Tx& tx) : tx_(tx) {}

  std::optional<Likeness> find(const Document& document, const forms::Definition& definition) {
    best_.reset();
    std::set<std::int64_t> looked_at;
    for (const auto& band : document.bands) {
      for (const Document* other : batch_[band]) {
        if (looked_at.insert(other->id.value).second) consider(document, other->reference, other->long_text);
      }
      for (const db::Row row : tx_.query(statements::similar, band.band, band.value, document.id)) {
        if (looked_at.size() >= kMostCandidates || !looked_at.insert(row.integer(0)).second) continue;
        const auto other = tx_.find(statements::answers_of, row.integer(0));
        if (!other) continue;
        if (const auto answers = forms::answers_from_json(other->text(1)))
          consider(document, other->text(0), long_answers(definition, *answers));
      }
    }
    for (const auto& band : document.bands) batch_[band].push_back(&document);
    return best_;
  }

 private:
  static constexpr std::size_t kMostCandidates = 8;

  void consider(const Document& document, const std::string& reference, const std::string& text) {
    const double r = defence::resemblance(document.long_text, text);
    if (r >= defence::kNearDuplicate && (!best_ || r > best_->resemblance)) best_ = Likeness{reference, r};
  }

  db::Tx& tx_;
  std::map<defence::Band, std::vector<const Document*>> batch_;
  std::optional<Likeness> best_;
};

void flag_alike(db::Tx& tx, const Document& document, const Likeness& alike, Instant now) {
  const std::string detail = fmt::format(R"({{"reference":"{}","resemblance":{}}})", alike.reference,
                                         static_cast<int>(alike.resemblance * 100));
  const auto kind = applications::Flag::near_duplicate;
  tx.execute(statements::add_flag, document.id, kind, document.queue_id, detail, now);
  tx.execute(statements::set_flag_bit, std::int64_t{1} << static_cast<int>(kind), document.id);
}

void write_document(db::Tx& tx, const Document& document, const std::optional<Likeness>& alike, Instant now) {
  tx.execute(statements::forget, document.queue_id);
  tx.execute(statements::remember, document.queue_id, document.body, document.facets);
  if (alike) flag_alike(tx, document, *alike, now);
  for (const auto& band : document.bands) tx.execute(statements::keep_band, band.band, band.value, document.id);
  tx.execute(statements::done, document.queue_id);
}

// What one batch will write, all of it made before the writing transaction begins.
struct Batch {
  std::vector<Document> documents;
  std::vector<std::optional<Likeness>> alike;
  std::vector<std::int64_t> gone;  // erased meanwhile
  std::size_t size() const { return documents.size() + gone.size(); }
};

Batch read_batch(db::Tx& tx, applications::FormVersions& versions, std::size_t limit) {
  Batch batch;
  std::vector<std::shared_ptr<const forms::Definition>> definitions;
  for (const db::Row waiting : tx.query(statements::waiting, static_cast<std::int64_t>(limit))) {
    const std::int64_t queue_id = waiting.integer(0);
    const auto row = tx.find(statements::source, queue_id);
    if (!row) {
      batch.gone.push_back(queue_id);
      continue;
    }
    definitions.push_back(versions.get(tx, row->id<applications::FormVersionId>(4)));
    batch.documents.push_back(make_document(tx.dialect(), queue_id, *row, *definitions.back()));
  }
  LikenessSearch search(tx);  // keeps pointers into documents, which grows no more
  for (std::size_t i = 0; i < batch.documents.size(); ++i) {
    batch.alike.push_back(search.find(batch.documents[i], *definitions[i]));
  }
  return batch;
}

}  // namespace

std::size_t IndexJob::run_once(std::size_t limit) {
  const Batch batch = parts_.database.read([&](db::Tx& tx) { return read_batch(tx, parts_.form_versions, limit); });
  if (batch.size() == 0) return 0;
  const Instant now = parts_.clock.now();
  const auto written = parts_.database.write([&](db::Tx& tx) -> Result<bool> {
    if (tx.execute(statements::take_lease, "search_index", parts_.node_name, now + kLease, now) == 0) return false;
    for (std::size_t i = 0; i < batch.documents.size(); ++i)
      write_document(tx, batch.documents[i], batch.alike[i], now);
    for (const auto queue_id : batch.gone) tx.execute(statements::done, queue_id);
    return true;
  });
  return written && *written ? batch.size() : 0;
}

IndexJob::Figures IndexJob::figures(db::Tx& tx) {
  const db::Row row = tx.query(statements::waiting_figures).at(0);  // an aggregate: always one row
  return {row.integer(0), row.maybe_instant(1)};
}

}  // namespace bursary::queue
