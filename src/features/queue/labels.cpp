#include "features/queue/labels.h"

#include "html/figures.h"

namespace bursary::queue {

using applications::Flag;
using applications::State;

Phrase state_label(State state) { return Phrase("queue.state." + std::string(applications::to_string(state))); }

std::string state_class(State state) {
  switch (state) {
    case State::submitted:
    case State::screening:
    case State::in_review:
      return "tag tag--info";
    case State::awarded:
      return "tag tag--success";
    case State::returned:
    case State::on_hold:
    case State::waitlisted:
      return "tag tag--warning";
    default:
      return "tag";
  }
}

std::vector<Flag> flags_in(std::uint64_t bits) {
  std::vector<Flag> found;
  for (const Flag flag : applications::kAllFlags) {
    if (bits & static_cast<std::uint64_t>(applications::bit_of(flag))) found.push_back(flag);
  }
  return found;
}

std::string area_label(const forms::Definition& form, std::string_view area, std::string_view locale) {
  if (const forms::Question* question = form.find(form.meanings.areas)) {
    for (const auto& option : question->options) {
      if (option.key == area) return option.label.in(locale);
    }
  }
  return std::string(area);
}

std::string country_label(const forms::Definition& form, std::string_view code, std::string_view locale) {
  const forms::Country* country = form.country(code);
  return country ? country->name.in(locale) : std::string(code);
}

std::string reading_text(const forms::Reading& reading) {
  if (reading.kind == forms::Reading::Kind::money)
    return html::decimal(reading.value, 1'000'000'000) + " " + reading.currency;
  return html::decimal(reading.value, 1000);
}

std::string reading_words(const forms::Reading& reading, const forms::Meanings& meanings,
                          const html::Phrasebook& phrases) {
  using Kind = forms::Reading::Kind;
  if (reading.kind == Kind::money) return html::money(phrases, reading.value, reading.currency);
  if (reading.kind == Kind::months) return html::months(phrases, reading.value);
  if (reading.question != meanings.investigators || reading.value % 1000 != 0) {
    return html::figure(phrases, reading.value);
  }
  return phrases.text("queue.people", {{"n", std::to_string(reading.value / 1000)}});
}

}  // namespace bursary::queue
