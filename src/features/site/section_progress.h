// How far each section of a form is, as the section list tells it. assets/form/progress.ts counts alike.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "features/forms/forms.h"

namespace bursary::site {

struct SectionProgress {
  const forms::Section* section = nullptr;  // of the definition
  // Of the questions that must be answered and are shown; where none must be, of those that are shown.
  std::size_t answered = 0, total = 0;
  enum class State { empty, started, complete } state = State::empty;
};

std::vector<SectionProgress> section_progress(const forms::Definition& definition, const forms::Answers& answers);
std::string_view to_string(SectionProgress::State state);  // "empty", "started", "complete"

}  // namespace bursary::site
