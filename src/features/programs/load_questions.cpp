#include "features/programs/loaders.h"

namespace bursary::programs {

void load_questions(Source& source, Program& program) {
  const std::string file = "questions.toml";
  const auto document = source.toml(file, Need::required);
  if (!document) return;
  TableReader reader(*document, file, file, source.report);
  Translations texts(source, file);
  std::set<std::string> keys;
  for (const Value* table : reader.tables("question")) {
    TableReader entry(*table, file, "a question", source.report);
    QuestionAndAnswer out;
    out.key = entry.text("key", Need::required).text;
    if (!out.key.empty()) entry.rename(fmt::format("question \"{}\"", out.key));
    if (!out.key.empty() && !is_hyphened_key(out.key)) {
      source.report.error("bad-key", entry.at("key"), fmt::format("{} cannot be a key.", in_quotes(out.key)),
                          "Use small letters, digits and hyphens, a letter first, at most 40.");
    }
    if (!keys.insert(out.key).second && !out.key.empty()) {
      source.report.error("duplicate-answer", entry.at("key"),
                          fmt::format("The key {} is used twice.", in_quotes(out.key)),
                          "Give each question a key of its own; it is the end of its address.");
    }
    out.question = texts.text(entry.text("question", Need::required), out.key + ".question", Markup::line);
    out.answer = texts.text(entry.text("answer", Need::required), out.key + ".answer", Markup::markdown);
    entry.done();
    program.questions.push_back(std::move(out));
  }
  reader.done();
  texts.done();
}

}  // namespace bursary::programs
