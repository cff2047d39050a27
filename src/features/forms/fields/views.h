// What the templates of the inputs see.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/forms/fields/field.h"

namespace bursary::forms {

struct TextInputView {
  const Drawn& drawn;
  std::string_view value;
  std::string_view type = "text";
  std::string_view input_mode = {};
  std::string_view css_class = "input";
  bool spellcheck = false;
  std::string_view min = {}, max = {};            // dates
  std::span<const std::string> suggestions = {};  // a <datalist>
};

struct TextAreaView {
  const Drawn& drawn;
  std::string_view value;
  bool spellcheck = true;
};

struct ChoiceView {
  std::string id;
  std::string_view value, label;
  html::SafeHtml guidance;  // empty: none
  bool chosen = false;
};
struct ChoicesView {
  const Drawn& drawn;
  std::string_view type;  // "radio", "checkbox"
  std::vector<ChoiceView> choices;
};

struct CountryView {
  std::string_view code, name;
  bool supported = true;
  bool chosen = false;
};
struct CountriesView {
  const Drawn& drawn;
  std::string_view prompt;
  std::vector<CountryView> countries;
  std::string unsupported;       // " (not supported)"
  std::string none, one, other;  // "3 countries found", with {n} left in `other`
};

struct KeptFileView {
  std::string id;  // of its "Remove" box
  const FileAnswer& file;
  std::string size, href;  // href empty: the name only
};
struct FileInputView {
  const Drawn& drawn;
  std::vector<KeptFileView> kept;
  std::string accept;  // ".pdf,.docx"
  bool several = false;
};

struct ConsentView {
  const Drawn& drawn;
  html::SafeHtml text;  // inline: it stands in a <label>
  std::string version;
  bool chosen = false;
};

// How a file's size is said: "820 KB", "1.4 MB".
std::string file_size(std::int64_t bytes);

}  // namespace bursary::forms
