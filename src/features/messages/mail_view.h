// What mail.html shows.
#pragma once
#include <string>

#include "base/phrase.h"
#include "html/writer.h"

namespace bursary::messages {

struct MailView {
  std::string language;
  bool right_to_left = false;
  std::string subject;
  html::SafeHtml body;
  Phrase footer;
};

}  // namespace bursary::messages
