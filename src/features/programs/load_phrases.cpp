#include "features/programs/loaders.h"

namespace bursary::programs {
namespace {

using Words = std::unordered_map<std::string, std::string>;

std::set<std::string> placeholders_in(std::string_view text) {
  std::set<std::string> out;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close != std::string_view::npos) out.emplace(text.substr(open + 1, close - open - 1));
  }
  return out;
}

// The product's own words, to check an override against.
class Catalogue {
 public:
  Catalogue() : books_(html::Phrasebooks::build({"en"}, {})) {}
  const html::Phrasebook& english() const { return books_->get("en"); }

  // A plural form belongs to its key: "queue.count.few" to "queue.count".
  bool has(const std::string& key) const {
    if (english().has(key)) return true;
    const std::size_t dot = key.rfind('.');
    return dot != std::string::npos && english().has(key.substr(0, dot) + ".other");
  }
  std::string text(const std::string& key) const {
    if (english().has(key)) return english().text(std::string_view(key), {});
    return english().text(std::string_view(key.substr(0, key.rfind('.')) + ".other"), {});
  }

 private:
  std::shared_ptr<const html::Phrasebooks> books_;
};

void flatten(const Value& table, const std::string& prefix, const std::string& file, const Catalogue& catalogue,
             Source& source, Words& words) {
  for (const Value::Entry& entry : table.entries) {
    const std::string key = prefix + entry.key;
    const Place at{file, entry.line};
    if (entry.value.kind == Value::Kind::table) {
      flatten(entry.value, key + ".", file, catalogue, source, words);
    } else if (entry.value.kind != Value::Kind::text) {
      source.report.error("wrong-type", at, fmt::format("{} is {}.", in_quotes(key), kind_name(entry.value.kind)),
                          "A locale file holds texts in quotes and nothing else.");
    } else if (!catalogue.has(key)) {
      source.report.error("phrase-unknown", at, fmt::format("The product has no words called {}.", in_quotes(key)),
                          "Take the line away, or write the key as locales/en of the product has it.");
    } else {
      const std::set<std::string> wanted = placeholders_in(catalogue.text(key));
      for (const std::string& name : placeholders_in(entry.value.text)) {
        if (wanted.contains(name)) continue;
        source.report.error("phrase-placeholder", at,
                            fmt::format("{} has no placeholder {{{}}}.", in_quotes(key), name),
                            wanted.empty() ? "Take the braces away."
                                           : fmt::format("There are: {}.", listed({wanted.begin(), wanted.end()})));
      }
      words[key] = accept_text(entry.value.text, at, in_quotes(key), source.report);
    }
  }
}

bool is_built_in(std::string_view tag) {
  const auto& all = html::built_in_locales();
  return std::any_of(all.begin(), all.end(), [&](const html::BuiltInLocale& locale) { return locale.tag == tag; });
}

}  // namespace

PhraseOverlays load_phrases(Source& source, const Program& program) {
  PhraseOverlays overlays;
  std::optional<Catalogue> catalogue;  // dear, and most programs override nothing
  for (const std::string& tag : program.locales) {
    const std::string file = "locales/" + tag + ".toml";
    if (const auto document = source.toml(file, Need::optional)) {
      if (!catalogue) catalogue.emplace();
      flatten(*document, "", file, *catalogue, source, overlays[tag]);
    } else if (!source.came(file) && !is_built_in(tag)) {
      source.report.warning("missing-translation", {file, 0},
                            fmt::format("The product's own words are not there in \"{}\".", tag),
                            "Write the file; until then buttons and messages are shown in English.");
    }
  }
  return overlays;
}

}  // namespace bursary::programs
