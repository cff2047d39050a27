// A Word document is a ZIP archive. Its central directory is read and compared with the entries it names; only the
// small part that states the kind of document is unpacked, within a bound.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "features/forms/uploads/bytes.h"
#include "features/forms/uploads/file_types.h"

namespace bursary::forms {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMostEntries = 2000;
constexpr std::uint64_t kMostUnpacked = 200u << 20;  // bytes of all entries together
constexpr std::uint64_t kMostRatio = 200;            // of one entry; text alone packs 20 to 1
constexpr std::uint64_t kSmall = 1u << 20;           // below this a high ratio harms nobody
constexpr std::size_t kMostContentTypes = 1u << 20;

struct Entry {
  std::string name;
  std::uint32_t flags = 0, method = 0, packed = 0, unpacked = 0, local = 0;
};

std::optional<Phrase> damaged_document() { return Phrase("forms.problem.file_damaged"); }

// The entries, or nothing when the directory is not as it must be.
std::optional<std::vector<Entry>> read_directory(std::string_view bytes) {
  const auto end = zip_end(bytes);
  if (!end) return std::nullopt;
  const std::uint32_t count = little16(bytes, *end + 10).value_or(0);
  const std::uint32_t size = little32(bytes, *end + 12).value_or(0);
  const std::uint32_t offset = little32(bytes, *end + 16).value_or(0);
  // One disk, no ZIP64, and the directory right before its end record: nothing can stand between.
  if (little16(bytes, *end + 8).value_or(0) != count || count == 0xFFFF || std::uint64_t{offset} + size != *end)
    return std::nullopt;
  if (count > kMostEntries) return std::nullopt;
  std::vector<Entry> entries;
  std::size_t at = offset;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (at + 46 > *end || bytes.substr(at, 4) != "PK\x01\x02"sv) return std::nullopt;
    Entry& entry = entries.emplace_back();
    entry.flags = little16(bytes, at + 8).value_or(0);
    entry.method = little16(bytes, at + 10).value_or(0);
    entry.packed = little32(bytes, at + 20).value_or(0);
    entry.unpacked = little32(bytes, at + 24).value_or(0);
    entry.local = little32(bytes, at + 42).value_or(0);
    const std::size_t name = little16(bytes, at + 28).value_or(0);
    const std::size_t after = name + little16(bytes, at + 30).value_or(0) + little16(bytes, at + 32).value_or(0);
    if (at + 46 + after > *end) return std::nullopt;
    entry.name = bytes.substr(at + 46, name);
    at += 46 + after;
  }
  if (at != *end) return std::nullopt;
  return entries;
}

// Where an entry's packed bytes begin; nothing when its own header says something else than the directory.
std::optional<std::size_t> data_of(std::string_view bytes, const Entry& entry) {
  const std::size_t at = entry.local;
  const auto name = little16(bytes, at + 26);
  const auto extra = little16(bytes, at + 28);
  if (!name || !extra || bytes.substr(at, 4) != "PK\x03\x04"sv) return std::nullopt;
  if (bytes.substr(at + 30, *name) != entry.name) return std::nullopt;
  const std::size_t data = at + 30 + *name + *extra;
  if (data > bytes.size() || bytes.size() - data < entry.packed) return std::nullopt;
  return data;
}

// Entries that share bytes make a small file unpack without end.
bool overlap(std::string_view bytes, const std::vector<Entry>& entries) {
  std::vector<std::pair<std::size_t, std::size_t>> spans;
  spans.reserve(entries.size());
  for (const Entry& entry : entries) spans.emplace_back(entry.local, data_of(bytes, entry).value_or(0) + entry.packed);
  std::ranges::sort(spans);
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (spans[i].first < spans[i - 1].second) return true;
  }
  return false;
}

bool is_bomb(const std::vector<Entry>& entries) {
  std::uint64_t total = 0;
  for (const Entry& entry : entries) {
    total += entry.unpacked;
    if (entry.unpacked > kSmall && entry.unpacked / std::max<std::uint64_t>(entry.packed, 1) > kMostRatio) return true;
  }
  return total > kMostUnpacked;
}

bool is_safe_name(std::string_view name) {
  return !name.empty() && name.front() != '/' && is_utf8(name) && !has_control_characters(name) &&
         name.find('\\') == std::string_view::npos && name.find("..") == std::string_view::npos &&
         name.find(':') == std::string_view::npos;
}

bool is_active(std::string_view name) {
  constexpr std::array kParts{"vba"sv, "activex"sv, "macros"sv};
  constexpr std::array kEndings{".exe"sv, ".dll"sv, ".js"sv,  ".vbs"sv, ".bat"sv, ".cmd"sv,
                                ".scr"sv, ".ps1"sv, ".jar"sv, ".com"sv, ".hta"sv, ".lnk"sv};
  return std::ranges::any_of(kParts, [&](auto part) { return name.find(part) != std::string_view::npos; }) ||
         std::ranges::any_of(kEndings, [&](auto ending) { return name.ends_with(ending); });
}

bool is_nested(std::string_view name) {
  constexpr std::array kEndings{".zip"sv, ".docx"sv, ".xlsx"sv, ".pptx"sv, ".rar"sv,  ".7z"sv,
                                ".gz"sv,  ".tar"sv,  ".iso"sv,  ".cab"sv,  ".docm"sv, ".xlsm"sv};
  return name.find("embeddings/") != std::string_view::npos ||
         std::ranges::any_of(kEndings, [&](auto ending) { return name.ends_with(ending); });
}

// [Content_Types].xml in clear; nothing when it cannot be unpacked within its bound.
std::optional<std::string> unpack(std::string_view bytes, const Entry& entry) {
  const std::string_view packed = bytes.substr(data_of(bytes, entry).value_or(0), entry.packed);
  if (entry.unpacked > kMostContentTypes) return std::nullopt;
  if (entry.method == 0) return std::string(packed);
  std::string in(packed);
  std::string out(entry.unpacked, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(in.data()));
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = static_cast<Bytef*>(static_cast<void*>(out.data()));
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (ended != Z_STREAM_END || stream.avail_out != 0) return std::nullopt;
  return out;
}

const Entry* entry_named(const std::vector<Entry>& entries, std::string_view name) {
  const auto found = std::ranges::find(entries, name, &Entry::name);
  return found == entries.end() ? nullptr : &*found;
}

std::optional<Phrase> examine_entries(std::string_view bytes, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if ((entry.flags & 1u) != 0) return Phrase("forms.problem.file_encrypted");
    if (!is_safe_name(entry.name) || (entry.method != 0 && entry.method != 8)) return damaged_document();
    if (entry.method == 0 && entry.packed != entry.unpacked) return damaged_document();
    const std::string name = to_lower_ascii(entry.name);
    if (is_active(name)) return Phrase("forms.problem.file_macros");
    if (is_nested(name)) return Phrase("forms.problem.file_nested");
    if (!data_of(bytes, entry)) return damaged_document();
  }
  if (is_bomb(entries) || overlap(bytes, entries)) return Phrase("forms.problem.file_bomb");
  return std::nullopt;
}

}  // namespace

std::optional<Phrase> examine_docx(std::string_view bytes) {
  const auto entries = read_directory(bytes);
  if (!entries) return damaged_document();
  if (auto wrong = examine_entries(bytes, *entries)) return wrong;
  const Entry* types = entry_named(*entries, "[Content_Types].xml");
  if (types == nullptr || entry_named(*entries, "word/document.xml") == nullptr)
    return Phrase("forms.problem.file_archive");
  const auto content = unpack(bytes, *types);
  if (!content) return damaged_document();
  if (to_lower_ascii(*content).find("macroenabled") != std::string::npos) return Phrase("forms.problem.file_macros");
  return std::nullopt;
}

}  // namespace bursary::forms
