// A program's files while they are read: which were asked for, which language each text has, which links were met.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/markup.h"
#include "features/programs/report.h"
#include "features/programs/table_reader.h"
#include "features/programs/toml_value.h"

namespace bursary::programs {

// One file and all of them together.
inline constexpr std::size_t kLargestFile = std::size_t{256} * 1024;
inline constexpr std::size_t kLargestProgram = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t kMostFiles = 2000;

class Source {
 public:
  // Reports "file-too-large" and "bad-utf8" at once; such files then read as absent, but count as read.
  Source(const Files& files, Report& report);

  // The text with LF line ends and without a byte order mark; null when there is no such file (nothing is reported).
  const std::string* find(std::string_view path);
  // The document, or nothing after a report. An absent file is reported as "missing-file" when it is needed.
  std::optional<Value> toml(const std::string& path, Need need);
  // Paths of the files below a folder ("pages/") that end in `ending`, sorted; readable or not.
  std::vector<std::string> below(std::string_view folder, std::string_view ending) const;
  // Whether the file came at all, readable or not.
  bool came(std::string_view path) const { return came_.contains(std::string(path)); }
  // What nobody asked for.
  void report_unused();

  // Languages beside English; set once, before any text is read.
  std::vector<std::string> translations;
  bool languages_known = false;
  std::vector<FoundLink> links;
  Report& report;

 private:
  std::map<std::string, std::string, std::less<>> readable_;
  std::set<std::string> came_, used_;
};

// "es/form.toml"
std::string in_language(std::string_view tag, std::string_view path);

// The translations of one TOML file: <tag>/<file> holds the same texts under their own paths ("questions.email.label").
class Translations {
 public:
  Translations(Source& source, std::string file);

  // The English text with its translations. Reports "missing-translation" for each language that lacks it.
  LocalText text(const PlacedText& english, const std::string& path, Markup markup);
  // Tells the paths that nobody asked for: "translation-unknown".
  void done();

 private:
  struct Entry {
    std::string text;
    int line = 0;
    bool used = false;
  };
  struct Language {
    std::string tag, file;
    bool there = false;
    std::map<std::string, Entry, std::less<>> entries;
  };
  void flatten(const Value& table, const std::string& prefix, Language& language);

  Source& source_;
  std::string file_;
  std::vector<Language> languages_;
};

// A text that is a file of its own, with its translations at <tag>/<path>. Empty, and reported, when English lacks it.
LocalText text_file(Source& source, const std::string& path, Markup markup);

}  // namespace bursary::programs
