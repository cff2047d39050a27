// A request's body while it arrives: in memory while it is small, then in a file that has no name, mapped when it is
// whole. What all bodies on disk may take together is bounded.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/head_parser.h"
#include "web/request.h"

namespace bursary::net {

struct SpoolOptions {
  std::string folder;                                     // must exist; files in it are made without a name
  std::size_t memory_bytes = 64UL * 1024;                 // beyond this a body goes to disk
  std::uint64_t total_bytes = 2ULL * 1024 * 1024 * 1024;  // of all bodies on disk at one time
};

// Shared by all loops; outlives every body made from it.
class Spool {
 public:
  explicit Spool(SpoolOptions options) : options_(std::move(options)) {}
  const SpoolOptions& options() const { return options_; }
  // False when the bodies on disk would pass their bound.
  bool reserve(std::uint64_t bytes);
  void release(std::uint64_t bytes) { taken_.fetch_sub(bytes, std::memory_order_relaxed); }
  std::uint64_t taken() const { return taken_.load(std::memory_order_relaxed); }

 private:
  SpoolOptions options_;
  std::atomic<std::uint64_t> taken_{0};
};

// One body. take() refuses with 413 past `limit`, with 503 when the disk is full or the spool's bound is reached.
class IncomingBody final : public BodyTaker {
 public:
  IncomingBody(Spool& spool, std::size_t limit, std::size_t expected);
  ~IncomingBody() override;
  int take(std::string_view piece) override;

  std::uint64_t size() const { return size_; }
  bool on_disk() const { return file_ >= 0; }
  // The whole; null when it cannot be mapped. Once.
  std::shared_ptr<const web::Body> finish();

 private:
  bool to_disk();
  bool write(std::string_view piece);

  Spool& spool_;
  std::uint64_t limit_;
  std::uint64_t size_ = 0;
  std::uint64_t reserved_ = 0;
  std::string memory_;
  int file_ = -1;
};

}  // namespace bursary::net
