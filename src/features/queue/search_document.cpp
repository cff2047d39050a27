#include "features/queue/search_document.h"

#include <fmt/format.h>

#include <iterator>

#include "base/search_words.h"
#include "base/text.h"
#include "features/queue/query_match.h"

namespace bursary::queue {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kLongestText = std::size_t{256} * 1024;
constexpr std::size_t kLastPosition = 16'383;  // of a tsvector
// Of all words of an application: PostgreSQL refuses a tsvector beyond a megabyte, and what it refuses would stop the
// index for everybody. Folding can make text ten times as long.
constexpr std::size_t kLongestForm = 768UL * 1024;

Words words_of(std::string_view text) { return search_words(repair_utf8(text.substr(0, kLongestText))); }

std::string text_of(const forms::Answer& answer) {
  std::string out;
  if (const auto* text = std::get_if<std::string>(&answer)) out = *text;
  if (const auto* choices = std::get_if<std::vector<std::string>>(&answer)) {
    for (const auto& choice : *choices) out += choice + "\n";
  }
  if (const auto* files = std::get_if<std::vector<forms::FileAnswer>>(&answer)) {
    for (const auto& file : *files) out += file.name + "\n";
  }
  return out;
}

std::vector<std::string_view> long_questions(const forms::Definition& definition) {
  std::vector<std::string_view> keys;
  for (const auto& section : definition.sections) {
    for (const auto& question : section.questions) {
      if (question.type == forms::QuestionType::long_text) keys.push_back(question.key);
    }
  }
  return keys;
}

void append(Words& words, Words&& more) {
  words.insert(words.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Words as the column takes them: plain for FTS5, with positions as a tsvector.
std::string index_form(db::Dialect dialect, const Words& words) {
  std::string out;
  std::size_t position = 0;
  for (const auto& word : words) {
    if (out.size() > kLongestForm) break;
    if (dialect == db::Dialect::sqlite) {
      out.append(word).append(1, ' ');
      continue;
    }
    position = std::min(position + 1, kLastPosition);
    fmt::format_to(std::back_inserter(out), "'{}':{} ", word, position);
  }
  return out;
}

}  // namespace

defence::Shingles shingles_of(const forms::Definition& definition, const forms::Answers& answers) {
  Words words;
  for (const std::string_view key : long_questions(definition)) append(words, words_of(answers.text(key)));
  return defence::shingles_of(words);
}

SearchDocument make_document(db::Dialect dialect, std::int64_t queue_id, const db::Row& row,
                             const forms::Definition& definition) {
  SearchDocument document;
  document.queue_id = queue_id;
  document.id = row.id<applications::ApplicationId>(0);
  document.reference = row.text(2);
  document.email = row.text(7);
  Words facets = {facet_word(dialect, "country", row.text(3))};
  for (const std::string& word : search_parts(row.text(6))) facets.push_back(facet_word(dialect, "institution", word));
  Words words = words_of(fmt::format("{}\n{}\n{}\n{}", row.text(2), row.text(5), row.text(6), row.text(7)));
  if (const auto answers = forms::answers_from_json(row.text(8))) {
    // Cutting text into words is most of the work: each answer is cut once. Long answers first, in the form's order.
    const auto keys = long_questions(definition);
    Words of_long;
    for (const std::string_view key : keys) append(of_long, words_of(answers->text(key)));
    document.shingles = defence::shingles_of(of_long);
    document.bands = defence::bands_of(document.shingles);
    append(words, std::move(of_long));
    for (const auto& [key, answer] : answers->all()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) append(words, words_of(text_of(answer)));
    }
    for (const auto& area : answers->choices(definition.meanings.areas))
      facets.push_back(facet_word(dialect, "area", area));
  }
  document.body = index_form(dialect, search_parts(words));
  document.facets = index_form(dialect, facets);
  return document;
}

}  // namespace bursary::queue
