#include <boost/json.hpp>

#include "features/applications/mail.h"
#include "features/applications/submission.h"

namespace bursary::applications {
namespace {

constexpr std::size_t kSaltBytes = 16;

std::string random_bytes(Random& random, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  random.fill(bytes);
  return {bytes.begin(), bytes.end()};
}

bool asks_for_files(const forms::Definition& definition) {
  for (const forms::Section& section : definition.sections) {
    for (const forms::Question& question : section.questions) {
      if (question.type == forms::QuestionType::file) return true;
    }
  }
  return false;
}

// Which rules of the program do not hold, as a flag's detail. A country that is not supported has a flag of its own.
std::string rules_broken(const programs::Program& program, const forms::Definition& definition,
                         const forms::Answers& answers) {
  std::string labels;
  for (const programs::EligibilityRule& rule : program.eligibility_rules) {
    const bool broken = std::ranges::any_of(rule.tests, [&](const programs::AnswerTest& test) {
      return test.op != programs::AnswerTest::Operator::supported &&
             programs::test_answer(test, definition, answers) == programs::Holds::no;
    });
    if (broken) labels += (labels.empty() ? "" : " · ") + rule.label.in(program.locales.front());
  }
  if (labels.empty()) return {};
  return boost::json::serialize(boost::json::object{{"reason", labels}});
}

void fill_columns(Application& application, const Columns& columns) {
  application.applicant_name = columns.applicant_name;
  application.email = columns.email;
  application.institution = columns.institution;
  application.country = columns.country;
}

}  // namespace

Sha256 answers_digest(std::string_view salt16, std::string_view canonical_answers) {
  std::string text;
  text.reserve(salt16.size() + canonical_answers.size());
  text.append(salt16).append(canonical_answers);
  return sha256(text);
}

PreparedSubmission prepare_submission(const Parts& parts, const programs::Program& program,
                                      const forms::Definition& definition, const SubmitRequest& request,
                                      const Given& given, const Application& base, LinkSecret link) {
  const Instant now = parts.clock.now();
  PreparedSubmission out;
  out.files = given.files;
  out.files_named = files_named(given.shown);
  out.has_files = asks_for_files(definition);
  out.columns = columns_of(definition, given.shown);
  out.answers = given.canonical;
  out.salt = random_bytes(parts.random, kSaltBytes);
  out.digest = answers_digest(out.salt, out.answers);
  out.readings = forms::read_answers(definition, given.shown);
  out.link = std::move(link);
  out.link_hash = out.link.hash();
  out.mail_domain = messages::message_id_domain(parts.public_address);

  Application& application = out.application;
  application = base;
  application.program = program.slug;
  application.state = State::submitted;
  application.locale = request.locale;
  fill_columns(application, out.columns);
  application.flags = request.flags;
  if (out.columns.unsupported_country)
    application.flags |= static_cast<std::uint64_t>(bit_of(Flag::unsupported_country));
  out.ineligible = rules_broken(program, definition, given.shown);
  if (!out.ineligible.empty()) application.flags |= static_cast<std::uint64_t>(bit_of(Flag::ineligible));
  application.version = base.version + 1;
  application.updated_at = now;
  application.submitted_at = now;
  application.expires_at.reset();
  application.queue_id = parts.ids.next_value();
  draw_reference(out, program, parts);
  return out;
}

void add_flags(PreparedSubmission& prepared, std::uint64_t flags) { prepared.application.flags |= flags; }

void draw_reference(PreparedSubmission& prepared, const programs::Program& program, const Parts& parts) {
  Application& application = prepared.application;
  application.reference = make_reference(program.reference_prefix, parts.random);
  if (application.email.empty()) return;
  prepared.message = submitted_mail(program, application, application.updated_at);
}

}  // namespace bursary::applications
