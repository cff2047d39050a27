// What every type of question can do. One file per type beside this one; fields/table.cpp lists them all.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"
#include "features/forms/answers.h"
#include "features/forms/definition.h"
#include "features/forms/forms.h"
#include "html/writer.h"
#include "web/form_data.h"

namespace bursary::forms {

// What came for one question.
struct Posted {
  std::vector<std::string> values;       // fields of the question's name, in order, as they came
  std::vector<web::UploadedFile> files;  // without the empty ones that a browser sends for an untouched input
  std::vector<std::string> removed;      // ids of kept files whose "Remove" box is ticked
  const std::vector<FileAnswer>& kept;
};

// A question in a form in a language, to be drawn.
struct Drawn {
  const FormView& view;
  const html::Phrasebook& phrases;
  const Question& question;
  std::string described_by;  // ids for aria-describedby; empty: none
  bool invalid = false;
  bool required = false;
};

// One piece of an answer as a person reads it.
struct Shown {
  std::string text;
  std::string href = {};   // a link; empty: plain text
  Phrase words = {};       // said in the reader's language instead of `text`
  bool secondary = false;  // a detail beside the answer itself
};

class Field {
 public:
  virtual ~Field() = default;

  // Puts the answer into `taken.answers`, problems of form into `taken.problems`.
  virtual void take(const Definition& form, const Question& question, const Posted& posted, Taken& taken) const = 0;

  // The first thing wrong with an answer that is there.
  virtual std::optional<Phrase> check(const Definition& form, const Question& question,
                                      const Answers& answers) const = 0;
  // Something to look at that stops nobody.
  virtual std::optional<Phrase> warn(const Definition&, const Question&, const Answers&) const { return std::nullopt; }
  // What is said when a required answer is not there: "forms.missing.…", which takes {name}.
  virtual std::string_view missing() const { return "forms.missing.text"; }

  // What the typed text means, where that is certain; `question` of the reading is left empty.
  virtual std::optional<Reading> read(std::string_view) const { return std::nullopt; }

  // The input alone: label, hint, messages and the box around them are drawn by render.cpp.
  virtual void draw_input(html::Writer& w, const Drawn& drawn) const = 0;
  // Several inputs of one question stand in a fieldset with a legend.
  virtual bool is_group(const Question&) const { return false; }
  // The limit told under the input and counted by the browser: "forms.limit.words" with {n}; empty: none is told.
  virtual Phrase told_limit(const Question&) const { return {}; }

  // The answer for reading, a line or an option each; empty when there is none.
  virtual std::vector<Shown> shown(const Definition& form, const Question& question, const Answers& answers,
                                   std::string_view locale) const;

  // How the browser repeats check(): "text", "words", "email" … (docs/formats/form.md).
  virtual std::string_view client_kind() const = 0;
};

// Total over QuestionType.
const Field& field_of(QuestionType type);

// The types, one function a file. They hold no state.
const Field& short_text_field();
const Field& long_text_field();
const Field& email_field();
const Field& number_field();
const Field& money_field();
const Field& duration_field();
const Field& date_field();
const Field& single_choice_field();
const Field& multiple_choice_field();
const Field& country_field();
const Field& institution_field();
const Field& url_list_field();
const Field& file_field();
const Field& consent_field();

}  // namespace bursary::forms
