#include "net/spool.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace bursary::net {
namespace {

// A mapped file that nobody else can reach, so that nobody can cut it short under the reader.
class MappedBody final : public web::Body {
 public:
  MappedBody(Spool& spool, void* start, std::uint64_t size) : spool_(spool), start_(start), size_(size) {}
  MappedBody(const MappedBody&) = delete;
  MappedBody& operator=(const MappedBody&) = delete;
  ~MappedBody() override {
    ::munmap(start_, size_);
    spool_.release(size_);
  }
  std::string_view bytes() const override { return {static_cast<const char*>(start_), size_}; }

 private:
  Spool& spool_;
  void* start_;
  std::uint64_t size_;
};

// A file without a name. Where the file system cannot do that, one whose name is taken away at once.
int open_nameless(const std::string& folder) {
  const int direct = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (direct >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return direct;
  std::string name = folder + "/body-XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

bool Spool::reserve(std::uint64_t bytes) {
  const auto before = taken_.fetch_add(bytes, std::memory_order_relaxed);
  if (before + bytes <= options_.total_bytes) return true;
  release(bytes);
  return false;
}

IncomingBody::IncomingBody(Spool& spool, std::size_t limit, std::size_t expected) : spool_(spool), limit_(limit) {
  memory_.reserve(std::min({expected, spool.options().memory_bytes, limit}));
}

IncomingBody::~IncomingBody() {
  if (file_ >= 0) ::close(file_);
  spool_.release(reserved_);
}

int IncomingBody::take(std::string_view piece) {
  size_ += piece.size();
  if (size_ > limit_) return 413;
  if (file_ < 0 && size_ <= spool_.options().memory_bytes) {
    memory_.append(piece);
    return 0;
  }
  if (file_ < 0 && !to_disk()) return 503;
  return write(piece) ? 0 : 503;
}

bool IncomingBody::to_disk() {
  file_ = open_nameless(spool_.options().folder);
  if (file_ < 0 || !write(memory_)) return false;
  memory_ = {};
  return true;
}

bool IncomingBody::write(std::string_view piece) {
  if (!spool_.reserve(piece.size())) return false;
  reserved_ += piece.size();
  while (!piece.empty()) {
    const auto written = ::write(file_, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    piece.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::shared_ptr<const web::Body> IncomingBody::finish() {
  if (file_ < 0) return std::make_shared<web::MemoryBody>(std::move(memory_));
  void* start = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_, 0);
  if (start == MAP_FAILED) return nullptr;
  reserved_ = 0;  // the mapping releases it
  return std::make_shared<MappedBody>(spool_, start, size_);
}

}  // namespace bursary::net
