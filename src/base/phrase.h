// A sentence to be said in the reader's language: a catalogue key and the values that go into it.
// Rules and parsers return phrases, never prose; html/phrasebook.h turns them into words.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace bursary {

struct Phrase {
  std::string key;                                          // e.g. "problem.too_long"
  std::vector<std::pair<std::string, std::string>> values;  // e.g. {"limit", "600"}

  // Made, copied and dropped in one place (phrase.cpp): it is on the way of trouble alone, and in nearly every file.
  Phrase();
  Phrase(std::string k);  // NOLINT(google-explicit-constructor)
  Phrase(const char* k);  // NOLINT(google-explicit-constructor)
  Phrase(std::string k, std::vector<std::pair<std::string, std::string>> v);
  Phrase(const Phrase& other);
  Phrase(Phrase&& other) noexcept;
  Phrase& operator=(const Phrase& other);
  Phrase& operator=(Phrase&& other) noexcept;
  ~Phrase();

  bool empty() const { return key.empty(); }
  bool operator==(const Phrase&) const = default;
};

}  // namespace bursary
