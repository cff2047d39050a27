// `bursary simulate`: the simulator behind a server of its own.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>

#include "app/commands.h"
#include "app/listen_address.h"
#include "features/simulator/simulator.h"
#include "net/server.h"

namespace bursary::app {
namespace {

class Nobody final : public web::Sessions {
 public:
  std::optional<web::Viewer> find(std::string_view, Instant) override { return std::nullopt; }
};

// Until told to stop.
void wait_for_the_end(const sigset_t& signals) {
  int signal = 0;
  while (::sigwait(&signals, &signal) != 0) {
  }
}

}  // namespace

int simulate(const SimulateOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT}) sigaddset(&signals, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  const auto listen = read_listen_address(options.listen);
  if (!listen) return complain(listen.error().detail);
  auto journal = simulator::Journal::open(options.journal.string());
  if (!journal) return complain(journal.error().detail);

  const std::string key = options.key;
  SystemClock clock;
  SystemRandom random;
  Nobody sessions;
  web::Router router;
  simulator::add_routes(router, **journal, key);
  const std::shared_ptr<const html::Phrasebooks> phrases = html::Phrasebooks::build({"en"}, {});
  const web::PageStore pages{""};
  const web::Pipeline pipeline(web::PipelineParts{router, clock, sessions, [&] { return phrases; }, {}, key});
  spdlog::logger log("simulate", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  net::Figures figures;
  net::ServerOptions server_options;
  server_options.address = listen->address;
  server_options.port = listen->port;
  server_options.access_log = net::AccessLog::off;
  net::Server server(server_options, pipeline, pages, clock, random, log, figures);
  if (const auto started = server.start(); !started) return complain(started.error().detail);
  fmt::print("simulating a provider at http://localhost:{}/v1\n", server.port());
  std::fflush(stdout);
  wait_for_the_end(signals);
  server.stop(std::chrono::seconds{1});
  return 0;
}

}  // namespace bursary::app
