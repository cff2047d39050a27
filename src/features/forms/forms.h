// The form engine's public face. Validation here is the authority; the browser repeats it from client_rules().
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/forms/answers.h"
#include "features/forms/definition.h"
#include "html/writer.h"
#include "web/form_data.h"

namespace bursary::forms {

// Takes a post apart into answers by the definition: unknown fields, duplicates of one-valued fields and options of
// another question are refused; texts are trimmed and line ends unified, nothing else is altered. `kept` are the
// answers so far (files stay unless removed: "_remove_<key>" with the file's id). Other names that begin with '_' are
// the page's own and are skipped. Uploads are not stored here: `uploads` names which file goes to which question.
struct Taken {
  Answers answers;
  std::vector<std::pair<std::string, web::UploadedFile>> uploads;  // question key → file
  std::vector<FieldError> problems;                                // of form, not of content
};
Taken take_answers(const Definition& definition, const web::FormData& form, const Answers& kept);

// Every problem with these answers as a submission, in the form's order. Empty: fit to be submitted. Say them with
// message_of().
std::vector<FieldError> check_answers(const Definition& definition, const Answers& answers);
// Warnings never stop anyone: an unsupported country under policy `warn`, a likely typo in an e-mail's domain.
std::vector<FieldError> warnings(const Definition& definition, const Answers& answers);
// Whether a question's condition holds.
bool is_shown(const Question& question, const Definition& definition, const Answers& answers);
bool is_required(const Question& question, const Definition& definition, const Answers& answers);
// The answers that count: those of questions that are shown. A draft keeps the others; a submission is made of these.
Answers shown_answers(const Definition& definition, const Answers& answers);

// Months, money and numbers, only where the typed text has one meaning ("3 months", "USD 5,000", "two" in English).
std::vector<Reading> read_answers(const Definition& definition, const Answers& answers);

// Content sniffing: the type by magic bytes, or an Error that says what is accepted. Refuses encrypted and nested
// archives, macros and files that do not match their name's ending.
Result<std::string> accept_upload(const Question& question, const web::UploadedFile& file);

struct FormView {
  const Definition& definition;
  const Answers& answers;
  std::string_view locale;
  const std::vector<FieldError>& problems;
  const std::vector<FieldError>& warnings;
  std::string file_link_prefix;  // where a kept file can be fetched, its id is added; empty: names only
  std::span<const std::string> institutions = {};  // suggested; any other name is as good
};
// The sections with their inputs, without <form> and buttons: the page around them is its feature's.
html::SafeHtml render_fields(const FormView& view, const html::Phrasebook& phrases);
// "There is a problem", each entry a link to its field. Empty when there are none.
html::SafeHtml render_error_summary(const FormView& view, const html::Phrasebook& phrases);
// Question and answer pairs for reading (check page, confirmation, console, print): "Not provided" for empty optional
// ones. change_link_prefix: "" or a path to which "#<key>" is added. below_heading: an <h2> of the page stands above.
html::SafeHtml render_answers(const FormView& view, const html::Phrasebook& phrases,
                              std::string_view change_link_prefix, bool below_heading = false);
// The same as lines of text (mail, PDF, search).
struct AnswerLine {
  std::string section, question, answer;
};
std::vector<AnswerLine> answer_lines(const Definition& definition, const Answers& answers, std::string_view locale,
                                     const html::Phrasebook& phrases);
// What the browser needs to repeat the checks, as JSON: keys, required, limits, conditions, messages in this language.
std::string client_rules(const Definition& definition, std::string_view locale, const html::Phrasebook& phrases);

// A problem or warning as the person reads it: the program's own sentence where a required answer is missing, else the
// phrase with the question's {name}. The page, its summary and the browser all say this.
std::string message_of(const Definition& definition, const FieldError& problem, std::string_view locale,
                       const html::Phrasebook& phrases);
// The question's label; the key itself when there is no such question.
std::string label_of(const Definition& definition, std::string_view key, std::string_view locale);

}  // namespace bursary::forms
