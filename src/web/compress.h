// The two encodings that browsers take, at their best quality: for what is compressed once and sent often.
#pragma once
#include <string>
#include <string_view>

namespace bursary::web {

// gzip, level 9, without a time stamp: the same bytes give the same result. Throws std::runtime_error without memory.
std::string gzip(std::string_view bytes);
// Brotli, quality 11.
std::string brotli(std::string_view bytes);
// Text and the like; pictures and fonts are compressed already.
bool is_compressible(std::string_view media_type);

// Results by content hash in a folder; reading and writing never fail loudly: a cache may be lost.
class CompressionCache {
 public:
  explicit CompressionCache(std::string folder) : folder_(std::move(folder)) {}
  // Empty when it is not there. `hash` is hex, `ending` "gz" or "br".
  std::string read(std::string_view hash, std::string_view ending) const;
  void write(std::string_view hash, std::string_view ending, std::string_view bytes) const;

 private:
  std::string folder_;
};

}  // namespace bursary::web
