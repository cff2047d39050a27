// What the template of the form's page shows: ApplyView made ready.
#pragma once
#include <string>
#include <vector>

#include "features/programs/programs.h"
#include "features/site/apply_page.h"
#include "html/writer.h"

namespace bursary::site {

struct SectionLink {
  std::string key, title, state;  // state: "empty", "started", "complete"
  std::string told;               // the same in words
};

struct ApplyPageView {
  const ApplyView& given;
  std::string title, summary;
  std::string deadline, grace_note;  // empty: rolling
  std::string privacy_path;          // empty: the program has no such page
  html::SafeHtml information, before_you_start, eligibility;
  html::SafeHtml errors, fields;
  std::vector<SectionLink> sections;
  std::string sections_done;   // "1/3"
  std::string saved, expires;  // moments as text; empty: none
  std::string rules;           // JSON for the browser's checks
  std::string autosave_path, proof_worker;
  bool has_files = false, is_draft = false;
  std::string told_empty, told_started, told_complete;  // with {answered} and {total} left in
  std::string told_saved;                               // with {time} left in
};

}  // namespace bursary::site
