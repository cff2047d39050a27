// What the sessions of one I/O thread share, and what all of them share.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "net/addresses.h"
#include "net/chain.h"
#include "net/exchange.h"
#include "net/figures.h"
#include "net/head_parser.h"
#include "net/loop.h"
#include "net/server.h"
#include "net/spool.h"
#include "net/stored_pages.h"
#include "net/upstream.h"
#include "net/workers.h"

namespace bursary::net {

class Session;
class Station;

// Everything that outlives the sessions. Read by all loops; what changes is atomic.
struct Service {
  const ServerOptions& options;
  const web::Pipeline& pipeline;
  const web::PageStore& pages;
  const Clock& clock;
  spdlog::logger& log;
  Figures& figures;
  Workers& workers;
  Spool& spool;
  HeadLimits limits;
  std::vector<Cidr> trusted;
  const Upstreams* upstreams = nullptr;  // null: nothing is passed on
  std::string id_prefix;                 // random, so that ids of two runs differ
  std::atomic<bool> stopping{false};
  std::function<void(Station&, const Peer&)> closed;  // a session has ended; called on its loop's thread
};

// A session's place among those that wait for a next request, oldest first.
struct IdlePlace : Link {
  explicit IdlePlace(Session& s) : session(s) {}
  Session& session;
};

// One for each loop, used by its thread alone.
class Station final : public KnownPages {
 public:
  Station(Loop& its_loop, Service& its_service)
      : loop(its_loop), service(its_service), stored(its_service.pages, its_service.pipeline) {}

  std::string next_request_id();
  void count(Count what, std::uint64_t by = 1) { service.figures.add(loop.number(), what, by); }
  // Refusals are drawn on the I/O thread as pages of the site, but not endlessly: past so many in a tick they are
  // plain.
  bool may_draw_refusal() { return ++refusals_ <= kRefusalsPerTick; }
  void tick() {
    refusals_ = 0;
    lines.tick(loop.now());
  }
  bool holds(std::string_view path) override { return stored.holds(path, no_head_); }
  // Ends the oldest idle session.
  void evict_oldest();
  // Ends those that wait for a request.
  void end_idle();
  // Ends all at once, whatever they do.
  void cut_all();

  Loop& loop;
  Service& service;
  StoredPages stored;
  HeadParser parser;
  Lines lines;
  Chain<Session> sessions;
  Chain<IdlePlace> idle;
  // Sessions given to this loop and not yet ended. Counted up by whoever accepts, read by any thread.
  std::atomic<std::size_t> open{0};

 private:
  static constexpr int kRefusalsPerTick = 20;
  int refusals_ = 0;
  std::uint64_t requests_ = 0;
  Head no_head_;
};

}  // namespace bursary::net
