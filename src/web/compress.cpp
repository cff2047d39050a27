#include "web/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/crypto.h"

namespace bursary::web {

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kWindowWithGzipHeader = 15 + 16;
  constexpr int kMemory = 9;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kWindowWithGzipHeader, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::runtime_error("zlib cannot start");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  // zlib reads through a pointer to non-const bytes and does not write there.
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(const_cast<char*>(bytes.data())));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = static_cast<Bytef*>(static_cast<void*>(out.data()));
  stream.avail_out = static_cast<uInt>(out.size());
  const int end = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  return out;
}

std::string brotli(std::string_view bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  constexpr int kWindow = 22;
  const auto* in = static_cast<const std::uint8_t*>(static_cast<const void*>(bytes.data()));
  auto* to = static_cast<std::uint8_t*>(static_cast<void*>(out.data()));
  if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, kWindow, BROTLI_MODE_TEXT, bytes.size(), in, &size, to) ==
      BROTLI_FALSE) {
    throw std::runtime_error("brotli did not finish");
  }
  out.resize(size);
  return out;
}

bool is_compressible(std::string_view media_type) {
  const std::string_view type = media_type.substr(0, media_type.find(';'));
  return type.starts_with("text/") || type == "application/javascript" || type == "application/json" ||
         type == "application/manifest+json" || type == "application/xml" || type == "image/svg+xml";
}

std::string CompressionCache::read(std::string_view hash, std::string_view ending) const {
  if (folder_.empty()) return {};
  std::ifstream file(folder_ + "/" + std::string(hash) + "." + std::string(ending), std::ios::binary);
  if (!file) return {};
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // A file that a crash cut short must not be served for ever: its own hash stands at its end.
  if (bytes.size() < sizeof(Sha256)) return {};
  const std::string content = bytes.substr(0, bytes.size() - sizeof(Sha256));
  return bytes_of(sha256(content)) == std::string_view(bytes).substr(content.size()) ? content : std::string();
}

// Written beside and renamed: a reader finds the whole or nothing, also after a crash of this process.
void CompressionCache::write(std::string_view hash, std::string_view ending, std::string_view bytes) const {
  if (folder_.empty()) return;
  std::error_code ignored;
  std::filesystem::create_directories(folder_, ignored);
  const std::string path = folder_ + "/" + std::string(hash) + "." + std::string(ending);
  const std::string beside = path + ".new";
  {
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << bytes << bytes_of(sha256(bytes));
    file.flush();
    if (!file) return;
  }
  std::filesystem::rename(beside, path, ignored);
}

}  // namespace bursary::web
