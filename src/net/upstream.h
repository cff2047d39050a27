// The servers that calls are passed on to, and the connections to them. No Asio here.
#pragma once
#include <netinet/in.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "net/loop.h"
#include "net/tls.h"
#include "net/wire.h"

namespace bursary::net {

struct UpstreamOptions {
  std::string name;
  std::string address;                         // "https://api.example.org/v1"
  std::string key;                             // sent as a bearer token; empty: none
  std::string authorities_file;                // PEM; empty: whom the system trusts
  std::chrono::milliseconds connect{5'000};    // to a connection, TLS and all
  std::chrono::milliseconds first{180'000};    // from the whole request to the answer's head
  std::chrono::milliseconds between{60'000};   // without a byte of the answer
  std::chrono::milliseconds whole{1'800'000};  // of the whole answer
  std::chrono::milliseconds finish{60'000};    // for the rest of an answer whose client has left
  std::chrono::milliseconds idle{20'000};      // a connection is kept for a next call
  std::size_t most = 4096;                     // calls at a time
};

// One of them. Everything but its addresses stays as it is.
class Upstream {
 public:
  // Where to connect to now; empty: its name is not known to anybody.
  std::vector<sockaddr_storage> addresses() const;
  const UpstreamOptions& options() const { return options_; }
  const std::string& host() const { return host_; }
  bool secure() const { return tls_ != nullptr; }
  std::unique_ptr<Wire> wire(int socket) const { return tls_ ? tls_->wire(socket, host_) : plain_wire(socket); }
  // "POST /v1/chat/completions HTTP/1.1", Host, Authorization, each line ended.
  std::string head_of(std::string_view path) const;

  // A call begins; false: as many go on as may. Each that began is given back.
  bool begin_call() const;
  void end_call() const { calls_.fetch_sub(1); }

 private:
  friend class Upstreams;
  void resolve();
  UpstreamOptions options_;
  std::string host_, port_, path_, lines_;
  std::shared_ptr<const TlsClientContext> tls_;
  mutable std::mutex mutex_;
  std::vector<sockaddr_storage> addresses_;
  mutable std::atomic<std::size_t> calls_{0};
};

// All of them. Their names are looked up again every half a minute, by a thread of its own.
class Upstreams {
 public:
  // Error{invalid} names what is wrong with which one.
  static Result<std::unique_ptr<Upstreams>> open(std::vector<UpstreamOptions> options);
  ~Upstreams();
  Upstreams(const Upstreams&) = delete;
  Upstreams& operator=(const Upstreams&) = delete;
  const Upstream* find(std::string_view name) const;

 private:
  Upstreams() = default;
  void look_up();
  std::vector<std::unique_ptr<Upstream>> all_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

// A connection to an upstream, in one loop.
struct Line {
  Line(Loop& loop, int socket, const Upstream& its_upstream);
  const Upstream& upstream;
  Connection connection;
  std::unique_ptr<Wire> wire;
  std::string unread;  // came behind what was read
  Millis idle_since{0};
  bool used = false;  // carried a call before
};

// The connections of a loop that wait for a next call. Its thread alone.
class Lines {
 public:
  // One that is still alive; null: none is.
  std::unique_ptr<Line> take(const Upstream& upstream, Millis now);
  void keep(std::unique_ptr<Line> line, Millis now);
  // Ends those that waited for too long.
  void tick(Millis now);
  void clear() { idle_.clear(); }

 private:
  std::map<const Upstream*, std::vector<std::unique_ptr<Line>>> idle_;
};

}  // namespace bursary::net
