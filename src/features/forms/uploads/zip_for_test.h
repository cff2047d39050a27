// Writes archives, good and bad, for the corpus of uploads.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bursary::forms {

struct ZipEntry {
  std::string name;
  std::string data;
  unsigned flags = 0;
  unsigned method = 0;
  std::optional<std::uint32_t> unpacked = {};  // told instead of the truth
  bool deflate = false;                        // packs `data`
  bool same_place = false;                     // the directory names the place of the first entry
};
// shorter_comment: the end record tells that many bytes less of comment than there are.
std::string zip(const std::vector<ZipEntry>& entries, const std::string& comment = {}, unsigned shorter_comment = 0);
// Like zip(), with one more entry whose bytes lie inside another's.
std::string overlapping_zip(std::vector<ZipEntry> entries);

}  // namespace bursary::forms
