#include "features/rehearsal/maker.h"

#include <fmt/format.h>

#include <algorithm>

#include "features/forms/forms.h"
#include "features/rehearsal/chance.h"
#include "features/rehearsal/states.h"
#include "features/rehearsal/typed.h"

namespace bursary::rehearsal {
namespace {

constexpr std::chrono::hours kSpan{365 * 24};  // from the first to the last, at most
constexpr std::chrono::minutes kLast{2};       // how long before `now` the last one came
// One in so many is a copy of an earlier one with little changed: a template that goes round.
constexpr std::uint64_t kCopies = 250;
constexpr std::uint64_t kReach = 40;  // how far back it copies from

// splitmix64's step, so that neighbours' numbers do not show in what they draw.
std::uint64_t seed_of(std::uint64_t seed, std::int64_t number) {
  std::uint64_t x = seed * 0x9E3779B97F4A7C15U + static_cast<std::uint64_t>(number) + 1;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

// None is older than ids are, which hold the moment of submission.
Microseconds span_before(Instant newest) {
  return std::clamp<Microseconds>(newest - kIdEpoch, std::chrono::hours(1), kSpan);
}

std::vector<std::string> areas_of(const forms::Definition& form) {
  std::vector<std::string> areas;
  if (const forms::Question* question = form.find(form.meanings.areas)) {
    for (const forms::Option& option : question->options) areas.push_back(option.key);
  }
  return areas;
}

std::uint64_t draw_flags(Random& random) {
  const auto bit = [](applications::Flag flag) { return static_cast<std::uint64_t>(applications::bit_of(flag)); };
  std::uint64_t flags = 0;
  if (one_in(random, 33)) flags |= bit(applications::Flag::no_proof_of_work);
  if (one_in(random, 300)) flags |= bit(applications::Flag::bot_speed);
  if (one_in(random, 1000)) flags |= bit(applications::Flag::honeypot);
  return flags;
}

// Most are saved as a draft while they are written: within an hour or two, or over days, and then half of them ask for
// their link by mail.
std::optional<MadeApplication::Draft> draw_draft(Instant submitted_at, Random& random) {
  if (one_in(random, 5)) return std::nullopt;
  constexpr std::uint64_t kDay = 1440;  // minutes
  const auto minutes = [&](std::uint64_t from, std::uint64_t to) {
    return std::chrono::minutes(from + random.below(to - from)) + std::chrono::seconds(random.below(60));
  };
  MadeApplication::Draft draft;
  if (!one_in(random, 3)) {
    draft.started_at = submitted_at - minutes(12, 150);
    return draft;
  }
  draft.started_at = submitted_at - minutes(kDay, 12 * kDay);
  if (one_in(random, 2)) draft.link_mailed_at = draft.started_at + minutes(10, 90);
  return draft;
}

// `count` different options, in the form's order.
std::vector<std::string> chosen(const forms::Question& question, std::size_t count, Random& random) {
  std::vector<bool> taken(question.options.size());
  for (std::size_t left = std::min(count, taken.size()); left > 0;) {
    const std::size_t at = random.below(taken.size());
    if (taken[at]) continue;
    taken[at] = true;
    --left;
  }
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (taken[i]) keys.push_back(question.options[i].key);
  }
  return keys;
}

}  // namespace

struct Maker::Story {
  std::int64_t number = 0;
  Person person;
  std::string locale;
  std::string area;  // the first in mind, which the words are about
  std::vector<std::string> areas;
  std::string description;
};

Maker::Maker(const Rehearsal& rehearsal, const programs::Program& program, Instant now)
    : rehearsal_(rehearsal),
      program_(program),
      now_(now),
      areas_(areas_of(program.form)),
      has_spanish_(std::find(program.locales.begin(), program.locales.end(), "es") != program.locales.end()),
      people_(program.form),
      projects_(areas_) {}

Maker::Story Maker::begin(Random& random) const {
  Story story;
  story.person = people_.make(random);
  const bool spanish = has_spanish_ && story.person.style == "es" && !one_in(random, 4);
  story.locale = spanish ? "es" : "en";
  if (areas_.empty()) return story;
  // Earlier areas are named more often; "Other" and its like, at the end, seldom.
  const std::size_t first = std::min(random.below(areas_.size()), random.below(areas_.size() + 2));
  story.area = areas_[first];
  const std::size_t more = one_in(random, 3) ? 1 + random.below(2) : 0;
  for (std::size_t i = 0; i < areas_.size(); ++i) {
    const bool also = i != first && story.areas.size() < more && one_in(random, 4);
    if (i == first || also) story.areas.push_back(areas_[i]);
  }
  return story;
}

Instant Maker::submitted_at(std::int64_t number, Random& random) const {
  const std::int64_t count = std::max<std::int64_t>(1, rehearsal_.count);
  const Instant newest = now_ - kLast;
  const std::int64_t slot = span_before(newest).count() / count;
  const std::int64_t back =
      slot * (count - 1 - number) + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(slot)));
  return newest - Microseconds(back);
}

std::string Maker::description(std::int64_t number, const Story& story, bool may_copy, Random& random) const {
  if (may_copy && number > 0 && one_in(random, kCopies)) {
    const std::int64_t back =
        1 +
        static_cast<std::int64_t>(random.below(std::min<std::uint64_t>(kReach, static_cast<std::uint64_t>(number))));
    const MadeApplication original = make(number - back, false);
    if (original.locale == story.locale) {
      return original.answers.text(program_.form.meanings.description) + ' ' +
             projects_.say("ethics", story.area, story.locale, random);
    }
  }
  return projects_.description(story.area, story.locale, random);
}

bool Maker::answer_by_meaning(const forms::Question& question, const Story& story, forms::Answers& answers,
                              Random& random) const {
  const forms::Meanings& means = program_.form.meanings;
  const std::string& key = question.key;
  const auto set = [&](forms::Answer value) {
    answers.set(key, std::move(value));
    return true;
  };
  if (key == means.first_name) return set(story.person.given);
  if (key == means.last_name) return set(story.person.family);
  if (key == means.email) return set(story.person.email);
  if (key == means.institution) return set(story.person.institution);
  if (key == means.country) return set(story.person.country);
  if (key == means.areas && !story.areas.empty()) return set(story.areas);
  if (key == means.description) return set(story.description);
  if (key == means.duration) return set(typed_duration(story.locale, random));
  if (key == means.budget) return set(typed_budget(story.person.country, story.locale, random));
  if (key == means.investigators) return set(typed_people(story.locale, random));
  if (key == means.models) {
    if (one_in(random, 5)) answers.set(key, chosen(question, one_in(random, 4) ? 2 : 1, random));
    return true;
  }
  return false;
}

std::string Maker::long_answer(const forms::Question& question, const Story& story, Random& random) const {
  const auto about = [&](std::string_view word) { return question.key.find(word) != std::string::npos; };
  if (about("past")) return projects_.past_research(story.area, story.locale, random);
  if (about("reason")) return projects_.say("model_reason", story.area, story.locale, random);
  if (about("resource") || about("funding")) return projects_.say("resources", story.area, story.locale, random);
  return projects_.say("comment", story.area, story.locale, random);
}

void Maker::answer(const forms::Question& question, const Story& story, forms::Answers& answers, Random& random) const {
  using enum forms::QuestionType;
  if (!forms::is_shown(question, program_.form, answers)) return;
  if (answer_by_meaning(question, story, answers, random)) return;
  if (question.type == consent) {
    answers.set(question.key, program_.form.consent_version(question));
    return;
  }
  if (!forms::is_required(question, program_.form, answers) && one_in(random, 2)) return;
  switch (question.type) {
    case short_text:
    case institution:
      answers.set(question.key, projects_.say("year", story.area, story.locale, random));
      break;
    case long_text:
      answers.set(question.key, long_answer(question, story, random));
      break;
    case email:
      answers.set(question.key, story.person.email);
      break;
    case number:
      answers.set(question.key, typed_people(story.locale, random));
      break;
    case money:
      answers.set(question.key, typed_budget(story.person.country, story.locale, random));
      break;
    case duration:
      answers.set(question.key, typed_duration(story.locale, random));
      break;
    case date:
      answers.set(question.key, question.limits.earliest.value_or(to_rfc3339(now_).substr(0, 10)));
      break;
    case single_choice:
      answers.set(question.key, chosen(question, 1, random).at(0));
      break;
    case multiple_choice:
      answers.set(question.key,
                  chosen(question, std::max<std::size_t>(question.limits.min_choices.value_or(1), 1 + random.below(2)),
                         random));
      break;
    case country:
      answers.set(question.key, story.person.country);
      break;
    case url_list:
      answers.set(question.key, fmt::format("https://example.org/projects/{}", random.below(100'000)));
      break;
    case file:
    case consent:
      break;
  }
}

MadeApplication Maker::make(std::int64_t number, bool may_copy) const {
  SeededRandom random(seed_of(rehearsal_.seed, number));
  MadeApplication made;
  made.submitted_at = submitted_at(number, random);
  made.state = state_after(now_ - made.submitted_at, random);
  made.flags = draw_flags(random);
  Story story = begin(random);
  story.number = number;
  story.description = description(number, story, may_copy, random);
  made.locale = story.locale;
  for (const forms::Section& section : program_.form.sections) {
    for (const forms::Question& question : section.questions) answer(question, story, made.answers, random);
  }
  made.draft = draw_draft(made.submitted_at, random);
  made.moves = way_to(made.state, made.submitted_at, now_ - made.submitted_at, random);
  return made;
}

MadeApplication make_application(const Rehearsal& rehearsal, std::int64_t number, const programs::Program& program,
                                 Instant now) {
  return Maker(rehearsal, program, now).make(number);
}

}  // namespace bursary::rehearsal
