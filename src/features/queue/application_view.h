// What the page of one application shows to staff.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "html/writer.h"

namespace bursary::queue {

struct FlagView {
  Phrase name, explanation;
};
struct TimelineEntry {
  Phrase what, who;
  std::string at, at_text;
};
struct MessageView {
  Phrase state;
  std::string subject, recipient, at, at_text, problem;
};
struct FileView {
  std::string href, name, facts;
};
struct ReadingView {
  std::string question, typed, read;
};
struct ApplicationView {
  std::string applicant, reference, institution, country, email, submitted_at, submitted_text, language, back;
  Phrase state;
  std::string state_class;
  std::string form_version;  // the first characters of its hash
  bool older_form = false;   // the program's form has changed since
  html::SafeHtml answers;
  std::vector<FlagView> flags;
  std::vector<ReadingView> readings;
  std::vector<FileView> files;
  std::vector<TimelineEntry> timeline;
  std::vector<MessageView> messages;
};

}  // namespace bursary::queue
