#include <algorithm>

#include "features/forms/answers.html.h"
#include "features/forms/field_view.h"

namespace bursary::forms {
namespace {

// What is shown of a file's name becomes its link.
void link_files(std::vector<Shown>& shown, const std::vector<FileAnswer>& files, const std::string& prefix) {
  if (prefix.empty()) return;
  auto file = files.begin();
  for (Shown& piece : shown) {
    if (piece.text != "\n" && file != files.end()) piece.href = prefix + (file++)->id;
  }
}

// The pieces of an answer with everything in words.
std::vector<Shown> shown_in_words(const Question& question, const Definition& definition, const Answers& answers,
                                  std::string_view locale, const html::Phrasebook& phrases) {
  std::vector<Shown> pieces = field_of(question.type).shown(definition, question, answers, locale);
  for (Shown& piece : pieces) {
    if (!piece.words.empty()) piece.text = phrases.text(piece.words);
  }
  return pieces;
}

std::string shown_together(const std::vector<Shown>& pieces) {
  std::string out;
  for (const Shown& piece : pieces) out += piece.text;
  return out;
}

}  // namespace

html::SafeHtml render_answers(const FormView& view, const html::Phrasebook& phrases,
                              std::string_view change_link_prefix, bool below_heading) {
  AnswersView all{.below_heading = below_heading, .sections = {}};
  for (const Section& section : view.definition.sections) {
    AnswersSection shown{.key = section.key, .title = section.title.in(view.locale), .rows = {}};
    for (const Question& question : section.questions) {
      if (!is_shown(question, view.definition, view.answers)) continue;
      AnswerRow& row = shown.rows.emplace_back();
      row.label = question.label.in(view.locale);
      row.answer = shown_in_words(question, view.definition, view.answers, view.locale, phrases);
      link_files(row.answer, view.answers.files(question.key), view.file_link_prefix);
      if (!change_link_prefix.empty()) row.change = std::string(change_link_prefix) + "#" + question.key;
    }
    if (!shown.rows.empty()) all.sections.push_back(std::move(shown));
  }
  html::Writer out(phrases);
  tpl::forms::answers(out, all);
  return out.take();
}

std::vector<AnswerLine> answer_lines(const Definition& definition, const Answers& answers, std::string_view locale,
                                     const html::Phrasebook& phrases) {
  std::vector<AnswerLine> lines;
  for (const Section& section : definition.sections) {
    for (const Question& question : section.questions) {
      if (!is_shown(question, definition, answers)) continue;
      std::string answer = shown_together(shown_in_words(question, definition, answers, locale, phrases));
      if (answer.empty()) answer = phrases.text(Phrase("forms.not_provided"));
      lines.push_back({section.title.in(locale), question.label.in(locale), std::move(answer)});
    }
  }
  return lines;
}

}  // namespace bursary::forms
