#include <netdb.h>
#include <netinet/in.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "app/commands.h"
#include "app/house.h"
#include "app/listen_address.h"
#include "app/log.h"
#include "net/server.h"

namespace bursary::app {
namespace {

// One JSON object a line on standard error; what the terminal is told goes to standard output.
std::shared_ptr<spdlog::logger> open_log(const std::string& level) {
  auto log = std::make_shared<spdlog::logger>("bursary", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern("%v");
  log->set_level(spdlog::level::from_str(level));
  log->flush_on(spdlog::level::info);
  auto plain = std::make_shared<spdlog::logger>("app", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  plain->set_formatter(std::make_unique<JsonLines>());
  plain->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(plain);
  return log;
}

// A listening socket that a supervisor handed over (systemd's protocol: the first is descriptor 3), or -1.
int inherited_socket() {
  const char* pid = std::getenv("LISTEN_PID");
  const char* count = std::getenv("LISTEN_FDS");
  if (pid == nullptr || count == nullptr || std::to_string(::getpid()) != pid || std::string_view(count) == "0")
    return -1;
  return 3;
}

// Port 0 is any free one: bound here and handed on like a supervisor's, because links in mail and passkeys need it
// before the server is built. -1 where that fails; then the server itself says why.
int any_port(const std::string& address, std::uint16_t& port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.c_str(), "0", &wanted, &found) != 0) return -1;
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
  const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  // So that a next start may take the same port while connections of this one still end.
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  auto* const into = static_cast<sockaddr*>(static_cast<void*>(&bound));
  if (::bind(socket, found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket, SOMAXCONN) != 0 ||
      ::getsockname(socket, into, &size) != 0) {
    ::close(socket);
    return -1;
  }
  // It stands in the same place of both families' addresses.
  port = ntohs(static_cast<const sockaddr_in*>(static_cast<const void*>(&bound))->sin_port);
  return socket;
}

net::ServerOptions server_options(const ServeConfiguration& c, const ListenAddress& listen, int inherited) {
  net::ServerOptions options;
  options.address = listen.address;
  options.port = listen.port;
  options.inherited_socket = inherited;
  options.tls_certificate_file = c.certificate.string();
  options.tls_key_file = c.private_key.string();
  options.trusted_proxies = c.trusted_proxies;
  options.io_threads = static_cast<std::size_t>(c.io_threads);
  options.worker_threads = static_cast<std::size_t>(c.workers);
  options.queue_limit = c.queue_limit;
  options.max_connections = static_cast<std::size_t>(c.connections);
  options.max_connections_per_client = static_cast<std::size_t>(c.per_address);
  options.spool_folder = c.store.data.string();
  options.access_log = c.log_requests ? net::AccessLog::handled : net::AccessLog::off;
  return options;
}

// Signals are taken by this thread alone, one after another, as ordinary calls.
sigset_t wanted_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1}) sigaddset(&signals, signal);
  return signals;
}

void print_staff_link(House& house, const std::string& public_address) {
  fmt::print("staff link (once, within {} minutes): {}{}\n", kStaffLinkMinutes, public_address,
             accounts::make_staff_link(house.accounts(), std::chrono::minutes(kStaffLinkMinutes)));
  std::fflush(stdout);
}

// Until told to stop.
void mind_signals(House& house, net::Server& server, const std::string& public_address) {
  const sigset_t signals = wanted_signals();
  for (int signal = 0;;) {
    if (::sigwait(&signals, &signal) != 0) continue;
    if (signal == SIGTERM || signal == SIGINT) return;
    if (signal == SIGUSR1) print_staff_link(house, public_address);
    if (signal == SIGHUP) {
      house.reload_program();
      if (auto reloaded = server.reload_certificate(); !reloaded) spdlog::error("{}", reloaded.error().detail);
    }
  }
}

}  // namespace

int serve(const ServeConfiguration& configuration) {
  const sigset_t signals = wanted_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  ::umask(077);
  const auto log = open_log(configuration.log_level);
  auto listen = read_listen_address(configuration.listen);
  if (!listen) return complain(listen.error().detail);
  if (const auto problems = unusable(configuration); !problems.empty()) return complain(problems.front());
  const int inherited = listen->port == 0 ? any_port(listen->address, listen->port) : inherited_socket();

  const bool secure = !configuration.certificate.empty();
  std::string public_address = configuration.public_address;
  while (public_address.ends_with('/')) public_address.pop_back();
  if (public_address.empty())
    public_address = fmt::format("{}://localhost:{}", secure ? "https" : "http", listen->port);

  auto house = House::build(configuration, public_address);
  if (!house) return complain(house.error().detail);
  SystemRandom random;
  net::Server server(server_options(configuration, *listen, inherited), (*house)->pipeline(), (*house)->pages(),
                     (*house)->clock(), random, *log, (*house)->server_figures());
  if (const auto started = server.start(); !started) return complain(started.error().detail);
  fmt::print("serving {} at {}\n", (*house)->programs().current()->name.in("en"), public_address);
  std::fflush(stdout);
  if (configuration.print_staff_link) print_staff_link(**house, public_address);
  (*house)->start_background();

  mind_signals(**house, server, public_address);
  spdlog::info("stopping: at most {} s to finish what runs", configuration.grace_seconds);
  server.stop(std::chrono::seconds(configuration.grace_seconds));
  (*house)->stop_background();
  return 0;
}

}  // namespace bursary::app
