// Reads one TOML table by known keys. Every accessor reports what is wrong with its key; done() reports the keys that
// nobody asked for, with the nearest one that was.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/programs/report.h"
#include "features/programs/toml_value.h"

namespace bursary::programs {

enum class Need { required, optional };

// The longest text that a TOML value may hold, in bytes.
inline constexpr std::size_t kLongestText = 20'000;
// The longest text that is a file of its own.
inline constexpr std::size_t kLongestPage = 100'000;

// A text and where its first line stands. Empty when the key is absent or wrong (then it was reported).
struct PlacedText {
  std::string text;
  int line = 0;
  bool empty() const { return text.empty(); }
};

class TableReader {
 public:
  // `what` names the table in messages: "question \"email\"". Its own line is where missing keys are reported.
  TableReader(const Value& table, std::string file, std::string what, Report& report);

  PlacedText text(std::string_view key, Need need = Need::optional);
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most);
  bool boolean(std::string_view key, bool otherwise);
  std::vector<PlacedText> texts(std::string_view key);
  // Each table of a list of tables; none when absent or wrong.
  std::vector<const Value*> tables(std::string_view key);
  const Value* table(std::string_view key);
  // The value as it stands, whatever its kind; null when absent.
  const Value* any(std::string_view key);

  void done();

  // The line of a key, or of the table when it is absent.
  Place at(std::string_view key) const;
  Place at() const { return {file_, table_.line}; }
  const std::string& what() const { return what_; }
  void rename(std::string what) { what_ = std::move(what); }
  Report& report() { return report_; }

 private:
  void wrong_type(std::string_view key, std::string_view wanted, const Value& found);
  const Value& table_;
  std::string file_, what_;
  Report& report_;
  std::vector<std::string> known_;
};

// Trims, and reports "hidden-characters" and "text-too-long"; empty when refused.
std::string accept_text(std::string_view text, const Place& at, std::string_view name, Report& report,
                        std::size_t longest = kLongestText);

}  // namespace bursary::programs
