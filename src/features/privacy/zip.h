// A ZIP that is written as it is read: files in order, each of a size known before. libarchive underneath
// (docs/decisions/personal-data.md).
#pragma once
#include <locale.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/instant.h"

struct archive;  // libarchive's

namespace bursary::privacy {

class Zip {
 public:
  // Bytes come out at the end of `out`, which outlives this. Throws std::runtime_error when libarchive refuses.
  explicit Zip(std::string& out);
  ~Zip();
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  void begin_file(const std::string& name, std::int64_t size, Instant at);
  void add(std::string_view bytes);  // of the file that was begun
  void finish();                     // once; nothing comes after it

 private:
  struct Close {
    void operator()(::archive* archive) const;
  };
  std::unique_ptr<::archive, Close> archive_;
};

// While it lives, this thread's locale writes names in UTF-8: libarchive asks it. Throws std::runtime_error where the
// system has none.
class NamesInUtf8 {
 public:
  NamesInUtf8();
  ~NamesInUtf8();
  NamesInUtf8(const NamesInUtf8&) = delete;
  NamesInUtf8& operator=(const NamesInUtf8&) = delete;

 private:
  locale_t utf8_, before_;
};

}  // namespace bursary::privacy
