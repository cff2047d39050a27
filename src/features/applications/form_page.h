// The form's page in its states: for a draft, after a refused post, in a conflict. Private.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/page_views.h"
#include "features/applications/pages.h"
#include "features/site/apply_page.h"

namespace bursary::applications {

// What is to be said on top of the page, and with which status.
struct Said {
  int status = 200;
  std::optional<Phrase> notice;
  bool error = false;
  std::vector<FieldError> problems;
  std::chrono::seconds retry_after{0};  // 0: no Retry-After
};
Said said_error(int status, Phrase notice);
Said said_problems(std::vector<FieldError> problems);
// For now: 503 with Retry-After.
Said said_unavailable(Phrase why);
// Why it could not be kept; the page goes on holding what was typed. `retry_after` of a limit.
Said said_not_kept(const Error& error, std::chrono::seconds retry_after);
// What is wrong with the answers stays said when they could not be kept either.
Said said_both(const Said& said, Said not_kept);

// The anonymous form with what was typed into it. `key` makes its next post one of its own; empty: a fresh one.
web::Response show_anonymous_form(const Visit& visit, const forms::Answers& answers, std::string key, const Said& said,
                                  std::vector<Orphan> orphans = {});

// A draft as it is stored, or with the answers that were typed into it.
struct DraftPage {
  const DraftView& draft;
  const forms::Answers* typed = nullptr;  // null: the stored ones
  std::vector<site::ConflictingAnswer> conflicts = {};
  std::string link = {};  // of a draft that the anonymous form's post made; empty: the visit's own
};
web::Response show_draft_form(const Visit& visit, DraftPage page, const Said& said);

// Every question whose stored answer is another than the typed one, as displayable text.
std::vector<site::ConflictingAnswer> conflicts_between(const forms::Definition& definition, const forms::Answers& typed,
                                                       const forms::Answers& stored, std::string_view locale);
// Why this program takes no applications now, said with the date; nothing while it does.
std::optional<Phrase> not_taking(const Visit& visit, Instant now);

}  // namespace bursary::applications
