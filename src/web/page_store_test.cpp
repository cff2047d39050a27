#include "web/page_store.h"

#include <brotli/decode.h>
#include <doctest/doctest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/crypto.h"
#include "web/compress.h"

using namespace bursary;
using namespace bursary::web;

namespace {

std::string unzipped(const std::string& bytes) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string out(1 << 20, '\0');
  stream.next_in = static_cast<Bytef*>(static_cast<void*>(const_cast<char*>(bytes.data())));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = static_cast<Bytef*>(static_cast<void*>(out.data()));
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string unbrotlied(const std::string& bytes) {
  std::string out(1 << 20, '\0');
  std::size_t size = out.size();
  const auto* in = static_cast<const std::uint8_t*>(static_cast<const void*>(bytes.data()));
  REQUIRE(
      BrotliDecoderDecompress(bytes.size(), in, &size, static_cast<std::uint8_t*>(static_cast<void*>(out.data()))) ==
      BROTLI_DECODER_RESULT_SUCCESS);
  out.resize(size);
  return out;
}

std::string text(const std::string& word) {
  std::string out;
  for (int i = 0; i < 200; ++i) out += "<p>" + word + std::to_string(i) + "</p>\n";
  return out;
}

struct Folder {
  Folder() : path(std::filesystem::temp_directory_path() / ("bursary-pages-" + std::to_string(SystemRandom().u64()))) {}
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

}  // namespace

TEST_CASE("a page is stored in three encodings with an ETag for each") {
  crypto_ready();
  PageStore store("");
  store.publish({{"/", "en", "text/html; charset=utf-8", text("hello"), false},
                 {"/", "es", "text/html; charset=utf-8", text("hola"), false},
                 {"/a.png", "", "image/png", "\x89PNG" + text("x"), true},
                 {"/small.txt", "", "text/plain", "x", false}});
  store.settle();
  const auto set = store.snapshot();
  CHECK(set->size() == 4);
  const StoredPage* page = set->find("/", "es");
  REQUIRE(page != nullptr);
  CHECK(page->body(Encoding::identity) == text("hola"));
  CHECK(unzipped(page->body(Encoding::gzip)) == text("hola"));
  CHECK(unbrotlied(page->body(Encoding::brotli)) == text("hola"));
  CHECK(page->brotli.size() < page->gzip.size());
  CHECK(page->etag.size() == 34);
  CHECK(page->etag_of(Encoding::gzip) == page->etag.substr(0, 33) + "-gz\"");
  CHECK(page->etag_of(Encoding::brotli) == page->etag.substr(0, 33) + "-br\"");
  CHECK(page->etag != set->find("/", "en")->etag);
  CHECK(set->find("/", "fr") == nullptr);
  CHECK(set->find("/none", "en") == nullptr);
  CHECK(set->find("/a.png", "es")->immutable);
  CHECK(set->find("/a.png", "es")->gzip.empty());      // a picture is compressed already
  CHECK(set->find("/small.txt", "en")->gzip.empty());  // it would only grow
  CHECK(set->find("/small.txt", "en")->brotli.empty());
  CHECK(set->has("/"));
}

TEST_CASE("a new set replaces the old one whole") {
  crypto_ready();
  PageStore store("");
  store.publish({{"/old", "en", "text/plain", text("old"), false}});
  const auto before = store.snapshot();
  store.publish({{"/new", "en", "text/plain", text("new"), false}});
  CHECK(store.snapshot()->find("/old", "en") == nullptr);
  CHECK(before->find("/old", "en")->identity == text("old"));  // whoever holds the old one keeps it
  store.settle();
  CHECK(store.snapshot()->find("/old", "en") == nullptr);
  CHECK_FALSE(store.snapshot()->find("/new", "en")->brotli.empty());
}

TEST_CASE("what was compressed once is read from the cache, and a torn file is not believed") {
  crypto_ready();
  const Folder folder;
  const std::vector<PublicPage> pages = {{"/", "en", "text/plain", text("cached"), false}};
  {
    PageStore store(folder.path.string());
    store.publish(pages);
    store.settle();
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path)) files.push_back(entry.path());
  REQUIRE(files.size() == 2);
  {
    PageStore store(folder.path.string());
    store.publish(pages);
    CHECK(unbrotlied(store.snapshot()->find("/", "en")->brotli) == text("cached"));  // at once
  }
  for (const auto& file : files) std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  PageStore store(folder.path.string());
  store.publish(pages);
  CHECK(unzipped(store.snapshot()->find("/", "en")->gzip) == text("cached"));
  store.settle();
  CHECK(unbrotlied(store.snapshot()->find("/", "en")->brotli) == text("cached"));
}

TEST_CASE("a cache folder that cannot be written costs only time") {
  crypto_ready();
  PageStore store("/proc/no-such-folder");
  store.publish({{"/", "en", "text/plain", text("x"), false}});
  store.settle();
  CHECK(unbrotlied(store.snapshot()->find("/", "en")->brotli) == text("x"));
}

TEST_CASE("readers and publishers do not disturb each other") {
  crypto_ready();
  PageStore store("");
  std::atomic<bool> stop{false};
  std::thread reader([&] {
    while (!stop) {
      const auto set = store.snapshot();
      const StoredPage* a = set->find("/a", "en");
      const StoredPage* b = set->find("/b", "en");
      if ((a == nullptr) != (b == nullptr) || (a != nullptr && a->identity != b->identity))
        std::abort();  // half of a program
    }
  });
  for (int i = 0; i < 20; ++i) {
    store.publish({{"/a", "en", "text/plain", text(std::to_string(i)), false},
                   {"/b", "en", "text/plain", text(std::to_string(i)), false}});
  }
  store.settle();
  stop = true;
  reader.join();
  CHECK(store.snapshot()->find("/a", "en")->identity == text("19"));
}
