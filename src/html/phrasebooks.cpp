// The catalogues that the build embeds, and the choice of a language.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"
#include "html/phrasebook.h"

namespace bursary::html {
namespace {

using Texts = std::unordered_map<std::string, std::string>;

void flatten(const toml::table& table, const std::string& prefix, std::string_view file, Texts& out) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const toml::table* inner = node.as_table()) {
      flatten(*inner, key + ".", file, out);
    } else if (const auto text = node.value_exact<std::string>()) {
      out.emplace(key, *text);
    } else {
      throw std::runtime_error(fmt::format("{}:{}: '{}' must be a text", file, node.source().begin.line, key));
    }
  }
}

// The catalogue's own words for a tag: those of "es", then those of "es-MX" over them.
Texts built_in_texts(std::string_view tag) {
  Texts texts;
  for (std::size_t end = tag.find('-');; end = tag.find('-', end + 1)) {
    const std::string_view part = tag.substr(0, end);
    for (const BuiltInLocale& locale : built_in_locales()) {
      if (locale.tag != part) continue;
      for (auto& [key, text] : read_catalogue(locale.toml, locale.file)) texts.insert_or_assign(key, std::move(text));
    }
    if (end == std::string_view::npos) return texts;
  }
}

struct Range {
  std::string_view tag;
  int quality = 1000;  // thousandths
};

// "0.7" as 700; anything malformed as 0, which refuses the range.
int quality_of(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  int value = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return 0;
  for (std::size_t i = 2, unit = 100; i < text.size(); ++i, unit /= 10) {
    if (text[i] < '0' || text[i] > '9') return 0;
    value += (text[i] - '0') * static_cast<int>(unit);
  }
  return std::min(value, 1000);
}

std::vector<Range> ranges_of(std::string_view header) {
  constexpr std::size_t kMost = 32;  // no reader knows more languages; a longer list is an attack
  std::vector<Range> ranges;
  while (!header.empty() && ranges.size() < kMost) {
    const std::size_t comma = std::min(header.find(','), header.size());
    std::string_view item = trim(header.substr(0, comma));
    header.remove_prefix(std::min(comma + 1, header.size()));
    Range range;
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    range.tag = trim(item.substr(0, semicolon));
    const std::string_view parameter = trim(item.substr(std::min(semicolon + 1, item.size())));
    if (!parameter.empty()) range.quality = parameter.starts_with("q=") ? quality_of(parameter.substr(2)) : 0;
    if (!range.tag.empty() && range.quality > 0) ranges.push_back(range);
  }
  std::stable_sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.quality > b.quality; });
  return ranges;
}

}  // namespace

const std::vector<BuiltInLocale>& built_in_locales() {
  static const std::vector<BuiltInLocale> all = [] {
    std::vector<BuiltInLocale> found;
    for (const EmbeddedFile& file : embedded_locales()) {
      const std::size_t slash = file.path.find('/');
      if (slash == std::string_view::npos || !file.path.ends_with(".toml")) continue;
      found.push_back({file.path.substr(0, slash), file.path.substr(slash + 1), file.bytes});
    }
    std::stable_partition(found.begin(), found.end(), [](const BuiltInLocale& l) { return l.tag == "en"; });
    return found;
  }();
  return all;
}

std::unordered_map<std::string, std::string> read_catalogue(std::string_view toml, std::string_view file) {
  Texts texts;
  try {
    flatten(toml::parse(toml, file), "", file, texts);
  } catch (const toml::parse_error& error) {
    throw std::runtime_error(fmt::format("{}:{}: {}", file, error.source().begin.line, error.description()));
  }
  return texts;
}

std::shared_ptr<const Phrasebooks> Phrasebooks::build(
    const std::vector<std::string>& tags,
    const std::map<std::string, std::unordered_map<std::string, std::string>>& overlays) {
  const auto texts_of = [&overlays](const std::string& tag) {
    Texts texts = built_in_texts(tag);
    if (const auto overlay = overlays.find(tag); overlay != overlays.end()) {
      for (const auto& [key, text] : overlay->second) texts.insert_or_assign(key, text);
    }
    return texts;
  };
  auto made = std::make_shared<Phrasebooks>();
  made->english_ = std::make_unique<Phrasebook>("en", texts_of("en"), nullptr);
  for (const std::string& tag : tags) {
    if (!made->has(tag)) made->books_.push_back(std::make_unique<Phrasebook>(tag, texts_of(tag), made->english_.get()));
  }
  if (made->books_.empty()) made->books_.push_back(std::make_unique<Phrasebook>("en", Texts{}, made->english_.get()));
  return made;
}

const Phrasebook* Phrasebooks::find(std::string_view tag) const {
  for (const auto& book : books_) {
    if (equal_ignoring_case_ascii(book->tag(), tag)) return book.get();
  }
  return nullptr;
}

const Phrasebook& Phrasebooks::get(std::string_view tag) const {
  const Phrasebook* found = find(tag);
  return found != nullptr ? *found : *books_.front();
}

bool Phrasebooks::has(std::string_view tag) const { return find(tag) != nullptr; }

const Phrasebook& Phrasebooks::negotiate(std::string_view accept_language) const {
  for (const Range& range : ranges_of(accept_language)) {
    // RFC 4647 section 3.4: cut subtags off the end until something fits; a single letter goes with what follows it.
    for (std::string_view tag = range.tag; !tag.empty();) {
      if (const Phrasebook* found = find(tag)) return *found;
      const std::size_t cut = tag.rfind('-');
      tag = cut == std::string_view::npos ? std::string_view{} : tag.substr(0, cut);
      if (tag.size() > 2 && tag[tag.size() - 2] == '-') tag.remove_suffix(2);
    }
  }
  return *books_.front();
}

}  // namespace bursary::html
