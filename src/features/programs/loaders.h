// One function for each kind of file; load.cpp calls them in this order. Each reports its mistakes and fills its part
// of the program; none of them stops the next.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/programs.h"
#include "features/programs/source.h"

namespace bursary::programs {

void load_settings(Source& source, Program& program);                   // program.toml, texts/
void load_pages(Source& source, Program& program);                      // pages/
void load_questions(Source& source, Program& program);                  // questions.toml
void load_countries(Source& source, Program& program);                  // countries.toml, institutions.txt
void load_form(Source& source, Program& program);                       // form.toml; needs pages and countries
void load_eligibility(Source& source, Program& program);                // eligibility.toml; needs the form
void load_criteria(Source& source, Program& program);                   // criteria.toml
void load_models(Source& source, Program& program);                     // models.toml
void read_steps(const Value* table, Program& program, Report& report);  // [steps] of program.toml
void load_navigation(Source& source, Program& program);                 // navigation.toml
void load_mail(Source& source, Program& program);                       // mail/
// locales/: by language, the product's words that the program says otherwise.
using PhraseOverlays = std::map<std::string, std::unordered_map<std::string, std::string>>;
PhraseOverlays load_phrases(Source& source, const Program& program);

void check_links(Source& source, const Program& program);  // all that were met

// A file with a TOML head between two lines "+++" and a body.
struct HeadedFile {
  Value head;
  std::string body;
  int body_line = 0;
};
// Nothing after a report of "head-missing" or of the head's own mistakes.
std::optional<HeadedFile> read_headed(Source& source, const std::string& path);

// What the rules between questions need of each, in the form's order.
struct QuestionPlace {
  Place at;
  Place shown_when, required_when;
};
// Conditions, meanings and consent documents of a form that was read. `places` by question key.
void check_conditions(const forms::Definition& form, const std::map<std::string, QuestionPlace>& places,
                      Report& report);
void read_meanings(const Value* table, forms::Definition& form, Report& report);

// One [[section.question]]; key and type may be wrong, then it was reported and the question is not to be kept.
struct QuestionRead {
  forms::Question question;
  QuestionPlace place;
  bool usable = false;
};
QuestionRead read_question(const Value& table, Translations& texts, Report& report);

// Keys of sections and questions: [a-z][a-z0-9_]{0,39}.
bool is_key(std::string_view text);
// Keys of options, of questions and answers, parts of slugs: hyphens and digits too.
bool is_hyphened_key(std::string_view text);

}  // namespace bursary::programs
