#include "db/file_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "db/database.h"

namespace bursary::db {
namespace {

std::string holder(int descriptor) {
  char text[16] = {};
  const auto size = ::pread(descriptor, text, sizeof text - 1, 0);
  return size > 0 ? fmt::format(" (process {})", text) : std::string{};
}

}  // namespace

FileLock::FileLock(const std::string& path) : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) throw DatabaseBroken(fmt::format("cannot open {}: {}", path, std::strerror(errno)));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const std::string taken = holder(descriptor_);
    ::close(descriptor_);
    throw DatabaseBroken(fmt::format("another process{} serves this data: {} is locked", taken, path));
  }
  // Only to tell the next one who holds it.
  const std::string mine = fmt::format("{}", ::getpid());
  if (::ftruncate(descriptor_, 0) == 0) {
    [[maybe_unused]] const auto written = ::pwrite(descriptor_, mine.data(), mine.size(), 0);
  }
}

FileLock::~FileLock() { ::close(descriptor_); }

}  // namespace bursary::db
