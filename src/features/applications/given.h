// What somebody sent to be submitted, made ready once: files named, hidden answers left out, canonical JSON. Private.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "features/applications/files.h"
#include "features/forms/forms.h"

namespace bursary::applications {

struct Given {
  std::vector<NamedFile> files;
  const forms::Answers* sent = nullptr;  // as they came, without the files; the caller keeps them
  std::optional<forms::Answers> merged;  // with the files, where files came
  forms::Answers shown;                  // of questions that are shown: what is submitted
  std::string canonical;                 // JSON of `shown`

  // With the files: what a draft keeps.
  const forms::Answers& typed() const { return merged ? *merged : *sent; }
};
Given given_answers(const forms::Definition& definition, const forms::Answers& answers,
                    const std::vector<NewFile>& files);

}  // namespace bursary::applications
