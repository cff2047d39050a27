#include "features/applications/columns.h"

#include "base/text.h"

namespace bursary::applications {
namespace {

// Characters that a list shows; the answer itself is kept whole.
constexpr std::size_t kLongest = 200;

std::string meant(const forms::Answers& answers, const std::string& question) {
  if (question.empty()) return {};
  const std::string_view text = trim(answers.text(question));
  return std::string(text.size() <= kLongest ? text : first_characters(text, kLongest));
}

}  // namespace

const std::string& Columns::first_area() const {
  static const std::string none;
  return areas.empty() ? none : areas.front();
}

std::string Columns::all_areas() const { return fmt::format("{}", fmt::join(areas, " ")); }

Columns columns_of(const forms::Definition& definition, const forms::Answers& answers) {
  const forms::Meanings& means = definition.meanings;
  Columns out;
  out.applicant_name = meant(answers, means.first_name);
  const std::string last = meant(answers, means.last_name);
  if (!out.applicant_name.empty() && !last.empty()) out.applicant_name += ' ';
  out.applicant_name += last;
  out.email = means.email.empty() ? std::string() : std::string(trim(answers.text(means.email)));
  out.institution = meant(answers, means.institution);
  out.country = meant(answers, means.country);
  const forms::Country* country = definition.country(out.country);
  out.unsupported_country = country != nullptr && !country->supported;
  if (const forms::Question* question = definition.find(means.areas)) {
    const std::vector<std::string> chosen = answers.choices(means.areas);
    for (const forms::Option& option : question->options) {
      if (std::find(chosen.begin(), chosen.end(), option.key) != chosen.end()) out.areas.push_back(option.key);
    }
  }
  return out;
}

void put_email(forms::Answers& answers, const forms::Definition& definition, std::string_view email) {
  if (!definition.meanings.email.empty()) answers.set(definition.meanings.email, std::string(email));
}

}  // namespace bursary::applications
