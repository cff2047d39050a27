// The types that a person writes freely share how text is taken, its hygiene, its limits and its inputs.
#pragma once
#include "features/forms/fields/field.h"

namespace bursary::forms {

// The bounds of a question that sets none, in characters. Every text has one, told or not.
inline constexpr std::size_t kMostShort = 200;
inline constexpr std::size_t kMostLong = 20'000;
// One-line questions tell a limit tighter than this.
inline constexpr std::size_t kToldFrom = 100;

class TextField : public Field {
 public:
  void take(const Definition& form, const Question& question, const Posted& posted, Taken& taken) const override;
  // Hidden characters, lines, limits in words and characters, then check_text().
  std::optional<Phrase> check(const Definition& form, const Question& question, const Answers& answers) const final;
  Phrase told_limit(const Question& question) const override;
  void draw_input(html::Writer& w, const Drawn& drawn) const override;
  std::string_view client_kind() const override { return "text"; }

  virtual bool is_one_line() const { return true; }
  std::size_t most_characters(const Question& question) const;

 protected:
  virtual std::optional<Phrase> check_text(const Question&, std::string_view) const { return std::nullopt; }
  // How the <input> differs; told by each type.
  struct InputKind {
    std::string_view type = "text";
    std::string_view input_mode = {};  // empty: the keyboard of text
    std::string_view css_class = "input";
    bool spellcheck = false;
  };
  virtual InputKind input_kind(const Question&) const { return {}; }
};

// NUL, control and bidirectional characters: a phrase that names the first, or nothing.
std::optional<Phrase> hidden_character(std::string_view text);

}  // namespace bursary::forms
