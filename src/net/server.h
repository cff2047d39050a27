// The HTTP server: sockets, TLS, limits and threads around web::Pipeline and web::PageStore. Speaks HTTP/1.1 and 1.0.
// Stored pages are answered on the I/O threads; everything else runs on the workers, behind a queue with an end.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "base/result.h"
#include "net/figures.h"
#include "web/page_store.h"
#include "web/pipeline.h"

namespace spdlog {
class logger;
}

namespace bursary::net {

class Upstreams;  // net/upstream.h

enum class AccessLog {
  off,
  handled,  // what a handler answered, and refusals
  all,      // stored pages too
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // of an interface, IPv4 or IPv6; "0.0.0.0" and "::" are all of them
  std::uint16_t port = 0;             // 0: any; port() tells
  int inherited_socket = -1;          // a listening socket (socket activation): then address and port are not used
  bool share_port = false;            // SO_REUSEPORT: a successor may listen beside this one while it takes over
  std::string tls_certificate_file;   // PEM with its chain; empty: plain HTTP
  std::string tls_key_file;           // PEM; not readable by others
  std::vector<std::string> trusted_proxies;  // CIDRs whose X-Forwarded-For and X-Forwarded-Proto are believed

  std::size_t io_threads = 2;
  // A writer waits in its worker for the group commit: as many workers as commits should hold.
  std::size_t worker_threads = 96;
  std::size_t worker_stack_bytes = 1024UL * 1024;
  std::size_t queue_limit = 1024;  // requests that wait for a worker; past it 503

  std::size_t header_bytes = 16UL * 1024;
  std::size_t header_lines = 100;
  std::size_t target_bytes = 8UL * 1024;
  std::size_t body_memory_bytes = 64UL * 1024;  // larger bodies go to a file without a name in spool_folder
  std::string spool_folder = "/var/tmp";
  std::uint64_t spool_bytes = 2ULL * 1024 * 1024 * 1024;  // of all such files together; past it 503

  std::chrono::milliseconds header_timeout{10'000};  // from a request's first byte to its head's end; TLS greeting too
  std::chrono::milliseconds body_timeout{10'000};    // without a byte of a body
  std::chrono::milliseconds write_timeout{20'000};   // without the client taking a byte of an answer
  std::size_t least_rate = 1024;                     // bytes a second, on the whole, both ways
  std::chrono::milliseconds idle_timeout{60'000};    // between requests
  std::chrono::milliseconds linger_timeout{5'000};   // for a client that still sends what was refused

  std::size_t max_connections = 20'000;            // the file limit is raised for it; the oldest idle ones make room
  std::size_t max_connections_per_client = 2'000;  // address, of IPv6 its /64; 0: no limit. Trusted proxies have none

  AccessLog access_log = AccessLog::handled;

  const Upstreams* upstreams = nullptr;  // whom web::Relay may name; null: nobody
};

class Server {
 public:
  // All that is handed in outlives the server.
  Server(ServerOptions options, const web::Pipeline& pipeline, const web::PageStore& pages, const Clock& clock,
         Random& random, spdlog::logger& log, Figures& figures);
  ~Server();  // stop() without grace
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens and serves until stop(). Once. Error with `detail` for the operator: an address that cannot be had, a
  // certificate that cannot be used, a bad option.
  Result<void> start();
  std::uint16_t port() const;  // after start()

  // Stops accepting, closes idle connections, answers what has begun, then cuts what is left. Returns when every thread
  // has ended: after `grace` at the latest, but for a handler that is still running, which is waited for.
  void stop(std::chrono::milliseconds grace);

  // Reads the certificate and key again; connections from then on use them. On an error the old ones stay.
  Result<void> reload_certificate();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace bursary::net
