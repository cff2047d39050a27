#include "features/site/outline.h"
#include "features/site/search_index.h"
#include "html/writer.h"

namespace bursary::site {
namespace {

using Kind = SearchDocument::Kind;

std::string text_of(std::string_view markdown) { return plain_text(html::markdown(markdown)); }

void add_form(std::vector<SearchDocument>& documents, const programs::Program& program,
              const html::Phrasebook& phrases) {
  const std::string& locale = phrases.tag();
  std::string text = text_of(program.information.in(locale)) + "\n" + text_of(program.before_you_start.in(locale)) +
                     "\n" + text_of(program.eligibility.in(locale));
  for (const forms::Section& section : program.form.sections) {
    for (const forms::Question& question : section.questions) {
      if (question.type == forms::QuestionType::country) continue;  // each is a document of its own
      text += "\n" + question.label.in(locale) + ". " + text_of(question.help.in(locale));
      for (const forms::Option& option : question.options) {
        text += "\n" + option.label.in(locale) + ". " + text_of(option.guidance.in(locale));
      }
    }
  }
  documents.push_back(
      {Kind::form, phrases.text("site.apply.title", {{"program", program.name.in(locale)}}), "/apply", text});
}

}  // namespace

std::vector<SearchDocument> searchable(const programs::Program& program, const html::Phrasebook& phrases) {
  const std::string& locale = phrases.tag();
  std::vector<SearchDocument> documents;
  add_form(documents, program, phrases);
  for (const programs::Page& page : program.pages) {
    if (!page.searchable) continue;
    documents.push_back({Kind::page, page.title.in(locale), "/" + page.slug,
                         page.description.in(locale) + "\n" + text_of(page.body.in(locale))});
  }
  for (const programs::QuestionAndAnswer& entry : program.questions) {
    documents.push_back(
        {Kind::question, entry.question.in(locale), "/questions#" + entry.key, text_of(entry.answer.in(locale))});
  }
  for (const forms::Country& country : program.form.countries) {
    documents.push_back({Kind::country, country.name.in(locale), "/countries#country-" + country.code,
                         phrases.text(country.supported ? "site.search.supported" : "site.search.unsupported",
                                      {{"country", country.name.in(locale)}})});
  }
  return documents;
}

}  // namespace bursary::site
