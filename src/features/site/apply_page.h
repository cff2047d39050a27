// The form's page: the same markup for the stored page at /apply, for a draft, after a refused post and in a conflict.
// Public: site.h lists it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "features/forms/forms.h"
#include "features/programs/programs.h"
#include "html/writer.h"

namespace bursary::site {

// Names of the page's own fields. All begin with '_', so forms::take_answers skips them.
inline constexpr std::string_view kFormVersionField = "_form_version";
inline constexpr std::string_view kKeyField = "_key";           // idempotency; empty without JavaScript
inline constexpr std::string_view kTokenField = "_token";       // anti-forgery, of a draft
inline constexpr std::string_view kVersionField = "_version";   // of the draft that the page was made from
inline constexpr std::string_view kProofField = "_proof";       // "challenge:nonce"
inline constexpr std::string_view kHoneypotField = "_website";  // hidden from people: filled means a machine
inline constexpr std::string_view kActionField = "_action";     // "submit", "check", "save", "autosave"

// One answer of which there are two texts: what this page was sent and what is stored.
struct ConflictingAnswer {
  std::string key, label;
  std::string mine, stored;  // as displayable text
};

struct ApplyView {
  const forms::Definition& definition;  // the draft's own version, or the program's current one
  const forms::Answers& answers;
  std::string form_version;
  std::vector<FieldError> problems;  // of a refused submit: summary and beside the fields
  std::vector<FieldError> warnings;
  std::string action = "/apply";      // where the form posts: "/apply" or "/draft/<secret>"
  std::string token;                  // empty on the anonymous page
  std::int64_t version = 0;           // 0 on the anonymous page
  std::string key;                    // of a post that is shown again; else empty
  std::optional<Instant> saved_at;    // a draft's last save
  std::optional<Instant> expires_at;  // a draft's end
  std::string file_link_prefix;
  std::vector<ConflictingAnswer> conflicts;  // the draft moved on under the page: both texts are shown, one is chosen
  std::optional<Phrase> notice;              // one sentence on top, e.g. that the time is over, or a link was mailed
  bool error_notice = false;                 // it is about something that went wrong
  html::SafeHtml extra;                      // what stands below the title of a draft (the applications feature's own)
  bool may_submit = true;                    // false: whoever edits it leaves that to its owner
};

// From the <h1> to the last button.
html::SafeHtml apply_body(const programs::Program& program, const html::Phrasebook& phrases, const ApplyView& view);
// The title for PageHead; with problems it begins with "Error: ".
std::string apply_title(const programs::Program& program, const html::Phrasebook& phrases, const ApplyView& view);

}  // namespace bursary::site
