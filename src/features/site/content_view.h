// What the templates of content pages show.
#pragma once
#include <string>
#include <vector>

#include "features/site/outline.h"
#include "features/site/site.h"

namespace bursary::site {

struct ContentView {
  std::string title, description;
  html::SafeHtml body;
  std::vector<Heading> headings;
};

struct QuestionsView {
  struct Entry {
    std::string key, question;
    html::SafeHtml answer;
  };
  std::vector<Entry> entries;
  std::string contact;
};

struct SignInView {
  bool sign_up = false;
  std::string typed, problem;
  std::vector<WayIn> ways;
};

}  // namespace bursary::site
