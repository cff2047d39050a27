// What somebody sent to be submitted, made ready once: files named, hidden answers left out, canonical JSON. Private.
#pragma once
#include <string>
#include <vector>

#include "features/applications/files.h"
#include "features/forms/forms.h"

namespace bursary::applications {

struct Given {
  std::vector<NamedFile> files;
  forms::Answers typed;   // with the files; what a draft keeps
  forms::Answers shown;   // of questions that are shown: what is submitted
  std::string canonical;  // JSON of `shown`
};
Given given_answers(const forms::Definition& definition, const forms::Answers& answers,
                    const std::vector<NewFile>& files);

}  // namespace bursary::applications
