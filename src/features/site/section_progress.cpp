#include "features/site/section_progress.h"

namespace bursary::site {
namespace {

struct Count {
  std::size_t answered = 0, total = 0;
  void add(bool is_answered) {
    ++total;
    if (is_answered) ++answered;
  }
};

SectionProgress progress_of(const forms::Section& section, const forms::Definition& definition,
                            const forms::Answers& answers) {
  Count required, all;
  for (const forms::Question& question : section.questions) {
    if (!forms::is_shown(question, definition, answers)) continue;
    const bool answered = answers.answered(question.key);
    all.add(answered);
    if (forms::is_required(question, definition, answers)) required.add(answered);
  }
  const Count& counted = required.total > 0 ? required : all;
  const bool complete = required.total > 0 ? required.answered == required.total : all.answered > 0;
  using State = SectionProgress::State;
  return {&section, counted.answered, counted.total,
          complete           ? State::complete
          : all.answered > 0 ? State::started
                             : State::empty};
}

}  // namespace

std::vector<SectionProgress> section_progress(const forms::Definition& definition, const forms::Answers& answers) {
  std::vector<SectionProgress> sections;
  sections.reserve(definition.sections.size());
  for (const forms::Section& section : definition.sections)
    sections.push_back(progress_of(section, definition, answers));
  return sections;
}

std::string_view to_string(SectionProgress::State state) {
  switch (state) {
    case SectionProgress::State::empty:
      return "empty";
    case SectionProgress::State::started:
      return "started";
    case SectionProgress::State::complete:
      return "complete";
  }
  return "empty";
}

}  // namespace bursary::site
