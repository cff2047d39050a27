#include "features/applications/given.h"

namespace bursary::applications {

Given given_answers(const forms::Definition& definition, const forms::Answers& answers,
                    const std::vector<NewFile>& files) {
  Given out;
  out.files = name_files(files);
  out.sent = &answers;
  if (!out.files.empty()) out.merged = with_files(answers, out.files);
  out.shown = forms::shown_answers(definition, out.typed());
  out.canonical = forms::to_json(out.shown);
  return out;
}

}  // namespace bursary::applications
