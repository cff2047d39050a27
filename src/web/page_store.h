// Pages that are the same for everyone, rendered once per program version and language, precompressed, with ETag.
// net/ answers them on the I/O thread from stored bytes.
//
// Threads: snapshot() copies one pointer; publish() swaps the whole set at once, so nobody ever sees half of a new
// program.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bursary::web {

struct PublicPage {
  std::string path;        // "/apply"
  std::string locale;      // "en"; empty for what has no language (assets)
  std::string media_type;  // "text/html; charset=utf-8"
  std::string body;
  bool immutable = false;  // a content-hashed asset: cached for a year
};

enum class Encoding { identity, gzip, brotli };

// One page ready to send: its body in each encoding that is smaller than the one before. net/ makes the header block.
struct StoredPage {
  std::string etag;  // strong, quoted, of the identity encoding
  std::string media_type;
  std::string locale;
  bool immutable = false;
  std::string identity, gzip,
      brotli;  // gzip and brotli may be empty: brotli until it is ready, both where they do not help
  // Empty for an encoding that the page does not have: send identity then.
  const std::string& body(Encoding encoding) const;
  // Strong and different for each encoding (RFC 9110, section 8.8.3): "3f9c…", "3f9c…-gz", "3f9c…-br", quoted.
  std::string etag_of(Encoding encoding) const;
};

class PageSet {
 public:
  // Null when the path is no public page. A path without the locale asked for gives its page without language
  // (assets), or nothing.
  const StoredPage* find(std::string_view path, std::string_view locale) const;
  bool has(std::string_view path) const { return pages_.contains(path); }
  std::size_t size() const;  // pages in all languages

 private:
  friend class PageStore;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  // Few languages for each path: a list is searched faster than it is hashed, and nothing is allocated.
  std::unordered_map<std::string, std::vector<std::shared_ptr<const StoredPage>>, Hash, std::equal_to<>> pages_;
};

class PageStore {
 public:
  // cache_folder: compressing is slow (Brotli at quality 11 above all), so its results are kept there by content hash;
  // empty: no cache. A folder that cannot be written only costs time.
  explicit PageStore(std::string cache_folder);
  // Compresses with gzip now; Brotli from the cache, else on a background thread, then published again.
  void publish(std::vector<PublicPage> pages);
  std::shared_ptr<const PageSet> snapshot() const;
  // Waits until Brotli is ready for what was published last (tests, benches).
  void settle();
  ~PageStore();

 private:
  struct Background;
  void swap_in(std::shared_ptr<const PageSet> pages);
  void compress_rest();  // runs on the background thread

  std::string cache_folder_;
  mutable std::mutex mutex_;
  std::shared_ptr<const PageSet> pages_;
  std::unique_ptr<Background> background_;
};

}  // namespace bursary::web
