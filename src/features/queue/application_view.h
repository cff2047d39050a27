// What the page of one application shows to staff.
#pragma once
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/phrase.h"
#include "html/writer.h"

namespace bursary::queue {

struct FlagView {
  Phrase name, explanation;
};
struct TimelineEntry {
  Phrase what;
  std::string who;  // "by the applicant", "to amina@example.edu"
  Instant moment;
  std::string at, at_text;
  std::string problem = {};  // of a mail that was refused
};
struct FileView {
  std::string href, name, facts;
};
struct ReadingView {
  std::string question, typed, read;  // typed is empty where it says the same
};
struct ApplicationView {
  std::string applicant, reference, institution, country, email, submitted_at, submitted_text, language, back;
  Phrase state;
  std::string state_class;
  std::string form_version;  // the first characters of its hash
  bool beside = false;       // the list, not a page of its own
  std::string own_page;
  bool older_form = false;  // the program's form has changed since
  html::SafeHtml places;    // the other places of this application
  html::SafeHtml answers;
  std::vector<FlagView> flags;
  std::vector<ReadingView> readings;
  std::vector<FileView> files;
  std::vector<TimelineEntry> timeline;  // events, flags and mails, oldest first
};

}  // namespace bursary::queue
