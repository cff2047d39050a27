// The copy of the answers that an applicant keeps, as PDF by Pango and Cairo: every script that the machine has a font
// for. Private. Bounded: what does not fit into kMostCharacters and kMostPages is left out, and the document says so.
#pragma once
#include <string>
#include <vector>

#include "base/instant.h"
#include "features/forms/forms.h"

namespace bursary::applications {

inline constexpr std::size_t kMostCharacters = 150'000;  // bytes of UTF-8, in truth: a bound on the work
inline constexpr int kMostPages = 150;

struct AnswersDocument {
  std::string title;                     // "Application RA-7K3M-Q9XT5"
  std::vector<std::string> facts;        // lines under it
  std::vector<forms::AnswerLine> lines;  // in the form's order; an empty answer reads as `unanswered`
  std::string unanswered, shortened;
  std::string page_of;  // "Page {page} of {pages}"
  std::string locale;   // chooses glyph variants
  Instant made_at;      // for the file's own date: the same document twice is the same file
};
// Throws std::runtime_error when the machine has no font at all.
std::string answers_pdf(const AnswersDocument& document);

}  // namespace bursary::applications
