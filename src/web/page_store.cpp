#include "web/page_store.h"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <exception>
#include <thread>

#include "base/crypto.h"
#include "web/compress.h"

namespace bursary::web {
namespace {

// An encoding that does not make the page smaller is not kept.
std::string if_smaller(std::string encoded, const std::string& identity) {
  return encoded.size() < identity.size() ? std::move(encoded) : std::string();
}

std::string hash_of(std::string_view bytes) { return to_hex(bytes_of(sha256(bytes)).substr(0, 16)); }

std::string hash_in(const StoredPage& page) { return page.etag.substr(1, page.etag.size() - 2); }

std::shared_ptr<const StoredPage> store(PublicPage page, const CompressionCache& cache) {
  auto stored = std::make_shared<StoredPage>();
  const std::string hash = hash_of(page.body);
  stored->etag = "\"" + hash + "\"";
  stored->media_type = std::move(page.media_type);
  stored->locale = std::move(page.locale);
  stored->immutable = page.immutable;
  stored->identity = std::move(page.body);
  if (!is_compressible(stored->media_type)) return stored;
  stored->gzip = cache.read(hash, "gz");
  if (stored->gzip.empty()) {
    stored->gzip = gzip(stored->identity);
    cache.write(hash, "gz", stored->gzip);
  }
  stored->gzip = if_smaller(std::move(stored->gzip), stored->identity);
  stored->brotli = if_smaller(cache.read(hash, "br"), stored->identity);
  return stored;
}

bool lacks_brotli(const StoredPage& page) { return page.brotli.empty() && !page.gzip.empty(); }

}  // namespace

const std::string& StoredPage::body(Encoding encoding) const {
  return encoding == Encoding::brotli ? brotli : encoding == Encoding::gzip ? gzip : identity;
}

std::string StoredPage::etag_of(Encoding encoding) const {
  if (encoding == Encoding::identity) return etag;
  return etag.substr(0, etag.size() - 1) + (encoding == Encoding::gzip ? "-gz\"" : "-br\"");
}

const StoredPage* PageSet::find(std::string_view path, std::string_view locale) const {
  const auto found = pages_.find(path);
  if (found == pages_.end()) return nullptr;
  const StoredPage* without_language = nullptr;
  for (const auto& page : found->second) {
    if (page->locale == locale) return page.get();
    if (page->locale.empty()) without_language = page.get();
  }
  return without_language;
}

std::size_t PageSet::size() const {
  std::size_t total = 0;
  for (const auto& [path, pages] : pages_) total += pages.size();
  return total;
}

// One thread that works while the published set lacks Brotli, and sleeps otherwise. Everything is under `mutex`.
struct PageStore::Background {
  std::mutex mutex;
  std::condition_variable changed;
  bool stop = false;
  std::uint64_t wanted = 0;  // number of the latest publish()
  std::uint64_t done = 0;
  std::thread thread;
};

PageStore::PageStore(std::string cache_folder)
    : cache_folder_(std::move(cache_folder)),
      pages_(std::make_shared<const PageSet>()),
      background_(std::make_unique<Background>()) {
  background_->thread = std::thread([this] { compress_rest(); });
}

PageStore::~PageStore() {
  {
    const std::lock_guard lock(background_->mutex);
    background_->stop = true;
  }
  background_->changed.notify_all();
  background_->thread.join();
}

std::shared_ptr<const PageSet> PageStore::snapshot() const {
  const std::lock_guard lock(mutex_);
  return pages_;
}

void PageStore::swap_in(std::shared_ptr<const PageSet> pages) {
  const std::lock_guard lock(mutex_);
  pages_.swap(pages);
}

void PageStore::publish(std::vector<PublicPage> pages) {
  const CompressionCache cache(cache_folder_);
  auto set = std::make_shared<PageSet>();
  for (PublicPage& page : pages) {
    std::string path = page.path;
    set->pages_[std::move(path)].push_back(store(std::move(page), cache));
  }
  const std::lock_guard lock(background_->mutex);
  swap_in(std::move(set));
  ++background_->wanted;
  background_->changed.notify_all();
}

void PageStore::settle() {
  std::unique_lock lock(background_->mutex);
  background_->changed.wait(lock, [this] { return background_->done == background_->wanted || background_->stop; });
}

void PageStore::compress_rest() {
  const CompressionCache cache(cache_folder_);
  std::unique_lock lock(background_->mutex);
  const auto outdated = [this](std::uint64_t number) { return background_->stop || background_->wanted != number; };
  while (true) {
    background_->changed.wait(lock, [this] { return background_->stop || background_->done != background_->wanted; });
    if (background_->stop) return;
    const std::uint64_t number = background_->wanted;
    auto better = std::make_shared<PageSet>(*snapshot());
    for (auto& [path, pages] : better->pages_) {
      for (auto& page : pages) {
        if (!lacks_brotli(*page) || outdated(number)) continue;
        lock.unlock();
        auto with_brotli = std::make_shared<StoredPage>(*page);
        try {
          std::string encoded = brotli(page->identity);
          cache.write(hash_in(*page), "br", encoded);
          with_brotli->brotli = if_smaller(std::move(encoded), page->identity);
        } catch (const std::exception& problem) {
          spdlog::warn("no Brotli for {}: {}", path, problem.what());  // gzip serves on
        }
        page = std::move(with_brotli);
        lock.lock();
      }
    }
    if (outdated(number)) continue;  // a newer set is there: never put the old one back
    swap_in(std::move(better));
    background_->done = number;
    background_->changed.notify_all();
  }
}

}  // namespace bursary::web
