// What the console's pages of messages show. Private.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "html/writer.h"

namespace bursary::messages {

struct FilterView {
  std::string href, count;
  Phrase name;
  bool current = false;
};
struct MessageRowView {
  std::string href, subject, recipient, reference, when, state_class, problem;
  Phrase state;
};
struct DeskView {
  std::string form_token, older, newest;
  std::vector<FilterView> filters;
  std::vector<MessageRowView> rows;
  bool may_send = false, digest = false, offers_digest = false;
  Phrase done;
};
struct MessageView {
  std::string form_token, path, subject, recipient, reference, state_class, problem, template_key, refused;
  html::SafeHtml body;
  Phrase state, no_words, again_about, done;
  std::vector<std::string> facts;
  bool may_send = false, again = false, cancel = false, held = false;
};
struct LetterView {
  std::string body, facts, who;
  bool from_applicant = false, unread = false;
};
struct ThreadView {
  html::SafeHtml places;
  std::string applicant, reference, path, form_token, email, trouble, typed, problem;
  bool may_send = false, unread = false;
  std::string last_letter;
  Phrase done;
  std::vector<LetterView> letters;
  std::vector<MessageRowView> mails, others;
};
struct ChoiceView {
  std::string value;
  bool chosen = false;
};
struct TemplatesView {
  std::string form_token, reference, subject, text, to, shown_subject;
  std::vector<ChoiceView> keys, languages;
  std::vector<std::string> placeholders, problems;
  html::SafeHtml shown;
};
struct StopView {
  std::string path;
  bool stopped = false;
};

}  // namespace bursary::messages
