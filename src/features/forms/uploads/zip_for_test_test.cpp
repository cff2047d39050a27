#include "features/forms/uploads/zip_for_test.h"

#include <zlib.h>

namespace bursary::forms {
namespace {

std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

std::string deflated(const std::string& data) {
  std::string in = data;
  std::string out(data.size() + 1000, '\0');
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(in.data()));
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = static_cast<Bytef*>(static_cast<void*>(out.data()));
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Packed {
  std::string data, common;  // common: what both headers tell, from the version needed to the lengths
};

Packed pack(const ZipEntry& entry) {
  Packed out{entry.deflate ? deflated(entry.data) : entry.data, {}};
  const unsigned method = entry.deflate ? 8 : entry.method;
  const std::uint64_t unpacked = entry.unpacked.value_or(static_cast<std::uint32_t>(entry.data.size()));
  out.common = little(20, 2) + little(entry.flags, 2) + little(method, 2) + little(0, 8) + little(out.data.size(), 4) +
               little(unpacked, 4) + little(entry.name.size(), 2) + little(0, 2);
  return out;
}

std::string directory_entry(const ZipEntry& entry, const std::string& common, std::size_t at) {
  return "PK\x01\x02" + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) +
         little(at, 4) + entry.name;
}

std::string finish(const std::string& files, const std::string& directory, std::size_t count,
                   const std::string& comment, unsigned shorter) {
  const std::size_t at = files.size();
  return files + directory + "PK\x05\x06" + little(0, 4) + little(count, 2) + little(count, 2) +
         little(directory.size(), 4) + little(at, 4) + little(comment.size() - shorter, 2) + comment;
}

}  // namespace

std::string zip(const std::vector<ZipEntry>& entries, const std::string& comment, unsigned shorter_comment) {
  std::string files, directory;
  for (const ZipEntry& entry : entries) {
    const Packed packed = pack(entry);
    directory += directory_entry(entry, packed.common, entry.same_place ? 0 : files.size());
    files += "PK\x03\x04" + packed.common + entry.name + packed.data;
  }
  return finish(files, directory, entries.size(), comment, shorter_comment);
}

std::string overlapping_zip(std::vector<ZipEntry> entries) {
  const ZipEntry inner{.name = "word/a.xml", .data = "aaaa"};
  const std::string inside = "PK\x03\x04" + pack(inner).common + inner.name + inner.data;
  const ZipEntry outer{.name = "word/b.xml", .data = inside};
  entries.push_back(outer);
  std::string files, directory;
  std::size_t outer_data = 0;
  for (const ZipEntry& entry : entries) {
    const Packed packed = pack(entry);
    directory += directory_entry(entry, packed.common, files.size());
    files += "PK\x03\x04" + packed.common + entry.name;
    outer_data = files.size();
    files += packed.data;
  }
  directory += directory_entry(inner, pack(inner).common, outer_data);
  return finish(files, directory, entries.size() + 1, {}, 0);
}

}  // namespace bursary::forms
