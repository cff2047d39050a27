#include "features/applications/posted.h"

#include "base/number.h"
#include "features/site/apply_page.h"

namespace bursary::applications {
namespace {

void take_upload(Posted& posted, const forms::Question& question, const web::UploadedFile& upload) {
  Result<std::string> type = forms::accept_upload(question, upload);
  if (!type) {
    posted.problems.push_back({question.key, std::move(type.error().message)});
    return;
  }
  std::size_t there = posted.answers.files(question.key).size() + 1;
  for (const NewFile& file : posted.files) there += file.question == question.key ? 1 : 0;
  if (there > question.limits.max_files) {
    posted.problems.push_back({question.key, Phrase("applications.problem.too_many_files",
                                                    {{"limit", std::to_string(question.limits.max_files)}})});
    return;
  }
  posted.files.push_back({question.key, upload.name, std::move(*type), upload.bytes});
}

}  // namespace

Posted take_post(web::KeptForm&& kept_form, const forms::Definition& definition, const forms::Answers& kept) {
  Posted posted;
  posted.form = std::move(kept_form.form);
  posted.problems = std::move(kept_form.problems);
  forms::Taken taken = forms::take_answers(definition, posted.form, kept);
  posted.answers = std::move(taken.answers);
  for (FieldError& problem : taken.problems) posted.problems.push_back(std::move(problem));
  for (const auto& [key, upload] : taken.uploads) {
    if (const forms::Question* question = definition.find(key)) take_upload(posted, *question, upload);
  }
  return posted;
}

Action action_of(const web::FormData& form) {
  const std::string name = form.get(site::kActionField);
  if (name.empty() || name == "submit") return Action::submit;
  if (name == "check") return Action::check;
  if (name == "save" || name == "keep_mine") return Action::save;
  if (name == "autosave") return Action::autosave;
  if (name == "mail_link") return Action::mail_link;
  if (name == "correct_email") return Action::correct_email;
  if (name == "change") return Action::change;
  if (name == "drop_changes") return Action::drop_changes;
  if (name == "withdraw") return Action::withdraw;
  if (name == "copy") return Action::copy;
  return Action::unknown;
}

std::int64_t version_of(const web::FormData& form) { return read_integer(form.get(site::kVersionField)).value_or(0); }

}  // namespace bursary::applications
