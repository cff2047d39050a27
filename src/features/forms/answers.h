// What a person answered, as typed. Answers hold exactly what came; readings (months, money, numbers) stand beside them
// and exist only where they are certain.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "features/forms/definition.h"

namespace bursary::forms {

// An uploaded file that is already kept; its bytes are elsewhere.
struct FileAnswer {
  std::string id;    // token that names it inside its application
  std::string name;  // shown to people
  std::string type;  // media type by content
  std::int64_t bytes = 0;
  std::string sha256;  // hex
  bool operator==(const FileAnswer&) const = default;
};

using Answer = std::variant<std::string, std::vector<std::string>, std::vector<FileAnswer>>;

class Answers {
 public:
  // Text of one-valued questions; empty when unanswered.
  const std::string& text(std::string_view key) const;
  // Chosen options of a multiple choice; a single text counts as one.
  std::vector<std::string> choices(std::string_view key) const;
  const std::vector<FileAnswer>& files(std::string_view key) const;
  bool answered(std::string_view key) const;
  void set(std::string key, Answer answer) { all_[std::move(key)] = std::move(answer); }
  void erase(std::string_view key);
  const std::map<std::string, Answer, std::less<>>& all() const { return all_; }
  bool operator==(const Answers&) const = default;

 private:
  std::map<std::string, Answer, std::less<>> all_;
};

// Canonical: keys sorted, no white space; an empty answer is left out, for it and none are the same.
std::string to_json(const Answers& answers);
// Error{invalid, "forms.problem.answers"}.
Result<Answers> answers_from_json(std::string_view json);

struct Reading {
  enum class Kind { months, money, number };
  std::string question;
  Kind kind = Kind::number;
  std::int64_t value = 0;  // months × 1000; nano-units; number × 1000
  std::string currency;    // money only, ISO 4217
  bool operator==(const Reading&) const = default;
};

}  // namespace bursary::forms
