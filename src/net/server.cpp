#include "net/server.h"

#include <pthread.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "base/crypto.h"
#include "net/admission.h"
#include "net/answer_head.h"
#include "net/listener.h"
#include "net/session.h"
#include "net/signals_blocked.h"
#include "net/station.h"
#include "net/tls.h"

namespace bursary::net {
namespace {

// One I/O thread and what belongs to it.
struct Lane {
  Lane(const Clock& clock, std::size_t number, Service& service) : loop(clock, number), station(loop, service) {}
  Loop loop;
  Station station;
  std::thread thread;
};

Result<std::vector<Cidr>> parse_networks(const std::vector<std::string>& texts) {
  std::vector<Cidr> networks;
  for (const auto& text : texts) {
    const auto network = parse_cidr(text);
    if (!network)
      return fail(ErrorKind::invalid, "problem.unavailable", "\"" + text + "\" is no network, such as 10.0.0.0/8");
    networks.push_back(*network);
  }
  return networks;
}

}  // namespace

struct Server::Parts {
  Parts(ServerOptions given, const web::Pipeline& pipeline, const web::PageStore& pages, const Clock& the_clock,
        Random& random, spdlog::logger& the_log, Figures& the_figures)
      : options(std::move(given)),
        clock(the_clock),
        log(the_log),
        figures(the_figures),
        spool({options.spool_folder, options.body_memory_bytes, options.spool_bytes}),
        workers(std::max<std::size_t>(options.worker_threads, 1), options.queue_limit, options.worker_stack_bytes),
        service{options, pipeline, pages, clock, log, figures, workers, spool, {}, {}, options.upstreams, {}, {}, {}} {
    service.limits = {options.header_bytes, options.header_lines, options.target_bytes};
    std::array<std::uint8_t, 5> prefix{};
    random.fill(prefix);
    service.id_prefix =
        to_hex({static_cast<const char*>(static_cast<const void*>(prefix.data())), prefix.size()}) + "-";
    service.closed = [this](Station& station, const Peer& peer) { session_closed(station, peer); };
  }

  Result<void> open();
  void run_threads();
  void accepted(int socket, const Address& address);
  void turn_away(int socket, int status);
  void make_room();
  void session_closed(Station& station, const Peer& peer);
  bool wait_until_empty(std::optional<std::chrono::milliseconds> longest);
  void stop(std::chrono::milliseconds grace);
  void stop_listening();
  std::shared_ptr<const TlsContext> tls_now() const;

  const ServerOptions options;
  const Clock& clock;
  spdlog::logger& log;
  Figures& figures;
  Spool spool;
  Workers workers;
  Service service;
  std::unique_ptr<Admission> admission;  // once the limit on files is known
  std::vector<std::unique_ptr<Lane>> lanes;
  std::unique_ptr<Listener> listener;
  std::uint16_t port = 0;
  bool running = false;
  std::promise<void> listener_ended;

  mutable std::mutex mutex;  // of `tls`, and of waiting for `empty`
  std::condition_variable empty;
  std::shared_ptr<const TlsContext> tls;
};

Result<void> Server::Parts::open() {
  auto trusted = parse_networks(options.trusted_proxies);
  if (!trusted) return fail(trusted.error());
  service.trusted = std::move(*trusted);
  if (::access(options.spool_folder.c_str(), W_OK | X_OK) != 0)
    return fail(ErrorKind::invalid, "problem.unavailable",
                "cannot write into " + options.spool_folder + ", where large requests are kept");
  if (!options.tls_certificate_file.empty()) {
    auto loaded = load_tls(options.tls_certificate_file, options.tls_key_file);
    if (!loaded) return fail(loaded.error());
    tls = std::move(*loaded);
  }
  const std::size_t most = make_room_for(options.max_connections);
  if (most < options.max_connections)
    log.warn(R"({{"event":"few_files","at":"{}","what":"the limit on open files allows {} connections"}})",
             to_rfc3339(clock.now()), most);
  admission = std::make_unique<Admission>(most, options.max_connections_per_client);

  auto socket = open_listener(options);
  if (!socket) return fail(socket.error());
  port = port_of(*socket);
  for (std::size_t i = 0; i < std::max<std::size_t>(options.io_threads, 1); ++i)
    lanes.push_back(std::make_unique<Lane>(clock, i, service));
  listener = std::make_unique<Listener>(
      lanes.front()->loop, *socket,
      [this](int accepted_socket, const Address& address) { accepted(accepted_socket, address); },
      [this] { make_room(); });
  return {};
}

void Server::Parts::run_threads() {
  const SignalsBlocked blocked;
  for (auto& lane : lanes) {
    Lane* own = lane.get();
    const bool first = own == lanes.front().get();
    own->loop.on_tick([this, own, first] {
      own->station.tick();
      if (first) figures.set_queue(workers.waiting(), workers.busy());
    });
    own->thread = std::thread([own] { own->loop.run(); });
    pthread_setname_np(own->thread.native_handle(), "io");
  }
  running = true;
  lanes.front()->loop.post([this] { listener->start([this] { listener_ended.set_value(); }); });
}

std::shared_ptr<const TlsContext> Server::Parts::tls_now() const {
  const std::lock_guard lock(mutex);
  return tls;
}

// On the first loop's thread.
void Server::Parts::accepted(int socket, const Address& address) {
  const Peer peer{address, any_holds(service.trusted, address), !options.tls_certificate_file.empty()};
  const auto answer = admission->enter(address, !peer.trusted);
  if (answer == Admission::Answer::full || answer == Admission::Answer::too_many_of_client) {
    figures.add(0, Count::connections_refused);
    if (answer == Admission::Answer::full) make_room();
    return turn_away(socket, answer == Admission::Answer::full ? 503 : 429);
  }
  if (answer == Admission::Answer::come_in_make_room) make_room();
  const auto fewer = [](const auto& a, const auto& b) { return a->station.open.load() < b->station.open.load(); };
  Lane* lane = std::min_element(lanes.begin(), lanes.end(), fewer)->get();
  lane->station.open.fetch_add(1);
  lane->loop.post([this, lane, socket, peer] {
    const auto context = tls_now();
    auto wire = context ? context->wire(socket) : plain_wire(socket);
    if (!wire) {
      ::close(socket);
      return session_closed(lane->station, peer);
    }
    run_session(std::make_unique<Session>(lane->station, socket, std::move(wire), peer));
  });
}

// Best effort and without waiting: one who is over a limit gets no more of our time.
void Server::Parts::turn_away(int socket, int status) {
  if (options.tls_certificate_file.empty()) {
    const std::string words =
        whole_answer(plain_refusal(status), lanes.front()->loop.date(), lanes.front()->station.next_request_id());
    ::send(socket, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ::shutdown(socket, SHUT_WR);
  }
  ::close(socket);
}

void Server::Parts::make_room() {
  for (auto& lane : lanes) lane->loop.post([station = &lane->station] { station->evict_oldest(); });
}

void Server::Parts::session_closed(Station& station, const Peer& peer) {
  admission->leave(peer.address, !peer.trusted);
  if (station.open.fetch_sub(1) != 1 || !service.stopping.load()) return;
  const std::lock_guard lock(mutex);
  empty.notify_all();
}

bool Server::Parts::wait_until_empty(std::optional<std::chrono::milliseconds> longest) {
  const auto none_open = [this] {
    return std::all_of(lanes.begin(), lanes.end(), [](const auto& lane) { return lane->station.open.load() == 0; });
  };
  std::unique_lock lock(mutex);
  if (longest) return empty.wait_for(lock, *longest, none_open);
  empty.wait(lock, none_open);
  return true;
}

void Server::Parts::stop_listening() {
  auto ended = listener_ended.get_future();
  lanes.front()->loop.post([this] { listener->stop(); });
  ended.wait();
}

void Server::Parts::stop(std::chrono::milliseconds grace) {
  if (!running) return;
  running = false;
  service.stopping.store(true);
  stop_listening();
  for (auto& lane : lanes) lane->loop.post([station = &lane->station] { station->end_idle(); });
  if (!wait_until_empty(grace)) {
    for (auto& lane : lanes) lane->loop.post([station = &lane->station] { station->cut_all(); });
  }
  workers.stop();
  wait_until_empty(std::nullopt);
  for (auto& lane : lanes) lane->loop.stop();
  for (auto& lane : lanes) lane->thread.join();
}

Server::Server(ServerOptions options, const web::Pipeline& pipeline, const web::PageStore& pages, const Clock& clock,
               Random& random, spdlog::logger& log, Figures& figures)
    : parts_(std::make_unique<Parts>(std::move(options), pipeline, pages, clock, random, log, figures)) {}

Server::~Server() { stop(std::chrono::milliseconds{0}); }

Result<void> Server::start() {
  if (parts_->listener) return fail(ErrorKind::invalid, "problem.unavailable", "a server is started once");
  auto opened = parts_->open();
  if (!opened) return opened;
  parts_->run_threads();
  return {};
}

std::uint16_t Server::port() const { return parts_->port; }
void Server::stop(std::chrono::milliseconds grace) { parts_->stop(grace); }

Result<void> Server::reload_certificate() {
  if (parts_->options.tls_certificate_file.empty()) return {};
  auto loaded = load_tls(parts_->options.tls_certificate_file, parts_->options.tls_key_file);
  if (!loaded) return fail(loaded.error());
  const std::lock_guard lock(parts_->mutex);
  parts_->tls = std::move(*loaded);
  return {};
}

}  // namespace bursary::net
