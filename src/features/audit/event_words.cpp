#include "features/audit/event_words.h"

#include <boost/json.hpp>

namespace bursary::audit {
namespace {

// States and roles are said as the rest of the console says them.
std::string said(std::string_view key, const std::string& value, const html::Phrasebook& phrases) {
  const std::string known = (key == "role" ? "accounts.role." : "queue.state.") + value;
  const bool closed_set = key == "role" || key == "from" || key == "to";
  return closed_set && phrases.has(known) ? phrases.text(known) : value;
}

}  // namespace

EventWords words_of(const StoredEvent& event, const html::Phrasebook& phrases) {
  EventWords words{Phrase("audit.event." + event.kind), {}};
  boost::system::error_code problem;
  const auto detail = boost::json::parse(event.detail, problem);
  if (problem || !detail.is_object()) {
    words.more = event.detail;
    return words;
  }
  for (const auto& [key, value] : detail.get_object()) {
    std::string text =
        said(key, value.is_string() ? std::string(std::string_view(value.get_string())) : boost::json::serialize(value),
             phrases);
    if (key == "from" || key == "to") {
      words.what.values.emplace_back(key, std::move(text));
    } else {
      words.more += fmt::format("{}{}: {}", words.more.empty() ? "" : ", ", std::string_view(key), text);
    }
  }
  return words;
}

Phrase actor_words(std::int64_t actor_kind) {
  switch (actor_kind) {
    case 0:
      return "audit.actor.applicant";
    case 1:
      return "audit.actor.staff";
    default:
      return "audit.actor.program";
  }
}

}  // namespace bursary::audit
