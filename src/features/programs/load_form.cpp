#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

constexpr std::size_t kMostQuestions = 300;

class FormReader {
 public:
  FormReader(Source& source, Program& program) : source_(source), program_(program), texts_(source, kFile) {}

  void read(const Value& document) {
    TableReader reader(document, kFile, kFile, source_.report);
    for (const Value* table : reader.tables("section")) read_section(*table);
    if (program_.form.sections.empty()) {
      source_.report.error("form-empty", {kFile, 0}, "The form has no sections.",
                           "Write [[section]] with key and title, and below it [[section.question]].");
    }
    read_meanings(reader.table("meanings"), program_.form, source_.report);
    reader.done();
    texts_.done();
    check_conditions(program_.form, places_, source_.report);
    check_countries();
    check_documents();
  }

 private:
  static constexpr const char* kFile = "form.toml";

  void read_section(const Value& table) {
    TableReader reader(table, kFile, "a section", source_.report);
    forms::Section section;
    section.key = reader.text("key", Need::required).text;
    if (!section.key.empty()) reader.rename(fmt::format("section \"{}\"", section.key));
    if (!section.key.empty() && !is_key(section.key)) {
      source_.report.error("bad-key", reader.at("key"), fmt::format("{} cannot be a key.", in_quotes(section.key)),
                           "Use small letters, digits and _, a letter first, at most 40.");
    }
    if (!section.key.empty() && !section_keys_.insert(section.key).second) {
      source_.report.error("duplicate-section", reader.at("key"),
                           fmt::format("The key {} is used twice.", in_quotes(section.key)),
                           "Give each section a key of its own.");
    }
    const std::string path = "sections." + section.key + ".";
    section.title = texts_.text(reader.text("title", Need::required), path + "title", Markup::line);
    section.intro = texts_.text(reader.text("intro"), path + "intro", Markup::markdown);
    section.optional = reader.boolean("optional", false);
    const auto questions = reader.tables("question");
    for (const Value* question : questions) add_question(*question, section);
    if (questions.empty()) {
      source_.report.error("section-empty", reader.at(), fmt::format("{} has no questions.", reader.what()),
                           "Write [[section.question]] below it, or take the section away.");
    }
    reader.done();
    program_.form.sections.push_back(std::move(section));
  }

  void add_question(const Value& table, forms::Section& section) {
    if (places_.size() >= kMostQuestions) return;
    QuestionRead read = read_question(table, texts_, source_.report);
    if (!read.usable) return;
    if (!places_.emplace(read.question.key, read.place).second) {
      source_.report.error("duplicate-question", read.place.at,
                           fmt::format("The key {} is used twice.", in_quotes(read.question.key)),
                           "Give each question a key of its own, in all sections together.");
      return;
    }
    if (section.optional && read.question.required) {
      source_.report.error(
          "required-in-optional", read.place.at,
          fmt::format("{} is required, but its section is called optional.", in_quotes(read.question.key)),
          "Take required away, or optional from the section.");
    }
    section.questions.push_back(std::move(read.question));
  }

  void check_countries() {
    for (const forms::Section& section : program_.form.sections) {
      for (const forms::Question& question : section.questions) {
        if (question.type != forms::QuestionType::country || !program_.form.countries.empty()) continue;
        source_.report.error("countries-missing", places_.at(question.key).at,
                             fmt::format("{} asks for a country, but there are none.", in_quotes(question.key)),
                             "Write countries.toml.");
      }
    }
  }

  void check_documents() {
    for (const forms::Section& section : program_.form.sections) {
      for (const forms::Question& question : section.questions) {
        if (question.document.empty()) continue;
        const Page* page = program_.page(question.document);
        if (page == nullptr) {
          std::vector<std::string> slugs;
          slugs.reserve(program_.pages.size());
          for (const Page& each : program_.pages) slugs.push_back(each.slug);
          source_.report.error("document-unknown", places_.at(question.key).at,
                               fmt::format("{} accepts the page {}, which is not there.", in_quotes(question.key),
                                           in_quotes(question.document)),
                               "Name the slug of a page, such as \"policy\"." + did_you_mean(question.document, slugs));
        } else {
          program_.form.documents[question.document] = page->version;
        }
      }
    }
  }

  Source& source_;
  Program& program_;
  Translations texts_;
  std::set<std::string> section_keys_;
  std::map<std::string, QuestionPlace> places_;
};

}  // namespace

void load_form(Source& source, Program& program) {
  program.form.unsupported_country_blocks = program.unsupported == UnsupportedPolicy::block;
  if (const auto document = source.toml("form.toml", Need::required)) FormReader(source, program).read(*document);
}

}  // namespace bursary::programs
