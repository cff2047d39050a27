// A list of names that the operator supplies (a sanctions list of their country, for example), and who on it has a name
// like an applicant's. What it finds is told to staff with its score and why; it refuses nobody.
//
// The file (--sanctions) is text in UTF-8. With a first line that names columns it is CSV: `name` and, if they are
// there, `aliases` (several with ";" between) and `countries` (ISO codes, with ";" or spaces between). Without, each
// line is a name. Lines that begin with # are skipped. docs/operators.md.
//
// Names are compared as sets of words without case, accents or order (base/text.h fold, base/search_words.h): how much
// of the longer name has its like in the other, word by word by Jaro-Winkler similarity, in percent.
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"
#include "base/result.h"

namespace bursary::screening {

struct SanctionsMatch {
  std::string name;  // as the list has it
  int score = 0;     // percent
  Phrase why;
};
// What is told; less alike than this is chance.
inline constexpr int kLeastScore = 88;
inline constexpr std::size_t kMostEntries = 200'000;

// One list, read whole. Immutable.
class SanctionsList {
 public:
  // Error{limit} past kMostEntries; never throws on any text.
  static Result<SanctionsList> read(std::string_view text);
  struct Person {
    std::string name, country;
  };
  // Best first, at most five.
  std::vector<SanctionsMatch> find(const Person& person) const;
  std::size_t size() const { return entries_.size(); }

 private:
  struct Name {
    std::size_t entry = 0;
    std::vector<std::string> words;
    bool alias = false;
    std::string text;
  };
  struct Entry {
    std::string name;
    std::vector<std::string> countries;
  };
  void add(const std::string& name, const std::vector<std::string>& aliases, std::vector<std::string> countries);
  std::vector<Entry> entries_;
  std::vector<Name> names_;
};

// The list in use, and the file that it came from. Any thread.
class SanctionsFile {
 public:
  // An empty path: no list. Throws nothing: a file that cannot be read is an Error, and the list stays as it was.
  explicit SanctionsFile(std::filesystem::path path) : path_(std::move(path)) {}
  Result<std::size_t> reload();  // how many entries
  std::vector<SanctionsMatch> find(const SanctionsList::Person& person) const;
  std::string version() const;  // of what was read: hex SHA-256; empty without a list

 private:
  std::shared_ptr<const SanctionsList> list() const;
  std::filesystem::path path_;
  mutable std::mutex mutex_;
  std::shared_ptr<const SanctionsList> list_;
  std::string version_;
};

// 0 to 1 (Winkler 1990: prefix scale 0.1, at most four letters); of code units of folded text.
double jaro_winkler(std::string_view a, std::string_view b);

}  // namespace bursary::screening
