// The words of one language: the product's own catalogue (locales/<tag>/*.toml, embedded) overlaid by the program's.
// A key that a language lacks falls back to English; a key that English lacks is a build error where a template
// names it, and reads as the key itself where a program does.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/phrase.h"

namespace bursary::html {

class Phrasebook {
 public:
  using Values = std::vector<std::pair<std::string, std::string>>;

  // tag: BCP 47, "en", "es", "ar". `fallback` outlives this and may be null.
  Phrasebook(std::string tag, std::unordered_map<std::string, std::string> texts, const Phrasebook* fallback);
  ~Phrasebook();
  Phrasebook(const Phrasebook&) = delete;
  Phrasebook& operator=(const Phrasebook&) = delete;

  const std::string& tag() const { return tag_; }
  bool right_to_left() const { return right_to_left_; }
  bool has(std::string_view key) const;  // in this language itself

  // "{name}" is replaced by its value. When a value named `n` is given and `key` has plural forms (key.one,
  // key.few, key.other …, CLDR), the form for n is used; {n} itself is written as this language writes numbers.
  std::string text(std::string_view key, const Values& values = {}) const;
  std::string text(const Phrase& phrase) const { return text(std::string_view(phrase.key), phrase.values); }
  std::string text(const std::string& key) const { return text(std::string_view(key)); }
  std::string text(const char* key) const { return text(std::string_view(key)); }
  // The same in pieces, in order, without making a string.
  void fill(std::string_view key, const Values& values, const std::function<void(std::string_view)>& piece) const;

  // Numbers and moments as this language writes them (ICU). `zone` is an IANA name; an unknown one reads as UTC.
  std::string number(std::int64_t n) const;
  std::string date(Instant at, std::string_view zone = "UTC") const;       // "3 March 2026"
  std::string date_time(Instant at, std::string_view zone = "UTC") const;  // "3 March 2026, 14:02 UTC"

 private:
  struct Formats;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  const std::string* find(std::string_view key) const;
  const std::string* find_plural(std::string_view key, const Values& values) const;
  // The text of this language or of the fallback; null when neither has it.
  const std::string* pattern(std::string_view key, const Values& values) const;

  std::string tag_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> texts_;
  const Phrasebook* fallback_;
  bool right_to_left_;
  std::unique_ptr<Formats> formats_;
};

// The product's own languages, embedded: every file of "en" first. A tag has one entry for each of its files.
struct BuiltInLocale {
  std::string_view tag;
  std::string_view file;  // "problem.toml"
  std::string_view toml;
};
const std::vector<BuiltInLocale>& built_in_locales();
// "a.b" = "text" for every text of a catalogue file; throws std::runtime_error with file and line where it is wrong.
std::unordered_map<std::string, std::string> read_catalogue(std::string_view toml, std::string_view file);

// Languages offered, in order of the program's preference.
class Phrasebooks {
 public:
  // overlays: tag → (key → text) from the program; a tag that the product lacks is a language of the program's own.
  // No tags: English.
  static std::shared_ptr<const Phrasebooks> build(
      const std::vector<std::string>& tags,
      const std::map<std::string, std::unordered_map<std::string, std::string>>& overlays);
  const Phrasebook& get(std::string_view tag) const;  // the first language when there is none such
  bool has(std::string_view tag) const;
  // Best match for an Accept-Language value (RFC 4647 lookup); the first language when nothing fits.
  const Phrasebook& negotiate(std::string_view accept_language) const;
  const std::vector<std::unique_ptr<Phrasebook>>& all() const { return books_; }

 private:
  const Phrasebook* find(std::string_view tag) const;
  std::unique_ptr<Phrasebook> english_;
  std::vector<std::unique_ptr<Phrasebook>> books_;
};

}  // namespace bursary::html
