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

  Phrase() = default;
  Phrase(std::string k) : key(std::move(k)) {}  // NOLINT(google-explicit-constructor)
  Phrase(const char* k) : key(k) {}             // NOLINT(google-explicit-constructor)
  Phrase(std::string k, std::vector<std::pair<std::string, std::string>> v) : key(std::move(k)), values(std::move(v)) {}

  bool empty() const { return key.empty(); }
  bool operator==(const Phrase&) const = default;
};

}  // namespace bursary
