// Pages that are the same for everyone, rendered once per program version and language, precompressed, with ETag.
// net/ answers them on the I/O thread from stored bytes.
//
// Threads: snapshot() is wait-free for readers; publish() swaps the whole set at once, so nobody ever sees half of a
// new program.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bursary::web {

struct PublicPage {
  std::string path;       // "/apply"
  std::string locale;     // "en"; empty for what has no language (assets)
  std::string media_type; // "text/html; charset=utf-8"
  std::string body;
  bool immutable = false; // a content-hashed asset: cached for a year
};

enum class Encoding { identity, gzip, brotli };

// One page ready to send: for each encoding the header block (status line excluded) and the body.
struct StoredPage {
  std::string etag;  // strong, quoted; differs per encoding by suffix
  std::string media_type;
  std::string locale;
  bool immutable = false;
  std::string identity, gzip, brotli;  // brotli may be empty until it is ready
  const std::string& body(Encoding encoding) const;
};

class PageSet {
 public:
  // Null when the path is no public page. `locale` is one that the set has (see Pipeline).
  const StoredPage* find(std::string_view path, std::string_view locale) const;
  std::size_t size() const { return pages_.size(); }

 private:
  friend class PageStore;
  std::unordered_map<std::string, StoredPage> pages_;  // path + '\n' + locale
};

class PageStore {
 public:
  // cache_folder: Brotli at quality 11 is slow, so its results are kept there by content hash; empty: no cache.
  explicit PageStore(std::string cache_folder);
  // Compresses with gzip now; Brotli from the cache, else on a background thread, then published again.
  void publish(std::vector<PublicPage> pages);
  std::shared_ptr<const PageSet> snapshot() const;
  // Waits until Brotli is ready for what was published last (tests, benches).
  void settle();
  ~PageStore();

 private:
  struct Background;
  std::string cache_folder_;
  std::shared_ptr<const PageSet> pages_;  // std::atomic_load/store
  std::unique_ptr<Background> background_;
};

}  // namespace bursary::web
