#include "net/upstream.h"

#include <fmt/format.h>
#include <netdb.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstring>

#include "net/answer_head.h"
#include "net/signals_blocked.h"

namespace bursary::net {
namespace {

constexpr std::chrono::seconds kLookUpAgain{30};

struct Address {
  bool secure = false;
  std::string host, port, path;
};

// "https://host:port/path" taken apart; nothing for anything else.
std::optional<Address> take_apart(std::string_view text) {
  Address address;
  address.secure = text.starts_with("https://");
  if (!address.secure && !text.starts_with("http://")) return std::nullopt;
  text.remove_prefix(address.secure ? 8 : 7);
  const std::size_t slash = std::min(text.find('/'), text.size());
  std::string_view authority = text.substr(0, slash);
  address.path = text.substr(slash);
  while (address.path.ends_with('/')) address.path.pop_back();
  if (authority.find_first_of("@?# ") != std::string_view::npos) return std::nullopt;
  if (address.path.find_first_of("?# \r\n") != std::string::npos) return std::nullopt;
  address.port = address.secure ? "443" : "80";
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return std::nullopt;
  if (const std::size_t colon = authority.find(':', bracket); colon != std::string_view::npos) {
    address.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  if (authority.starts_with('[')) authority = authority.substr(1, authority.size() - 2);
  address.host = authority;
  const bool number = !address.port.empty() && address.port.find_first_not_of("0123456789") == std::string::npos;
  return address.host.empty() || !number ? std::nullopt : std::optional(address);
}

// Nothing has come, and it has not ended.
bool still_silent(Line& line) {
  char byte = 0;
  return line.wire->read({&byte, 1}).state == Moved::State::wait_to_read;
}

}  // namespace

std::vector<sockaddr_storage> Upstream::addresses() const {
  const std::lock_guard lock(mutex_);
  return addresses_;
}

std::string Upstream::head_of(std::string_view path) const {
  std::string head = "POST ";
  head.append(path_).append(path).append(" HTTP/1.1\r\n").append(lines_);
  return head;
}

bool Upstream::begin_call() const {
  if (calls_.fetch_add(1) < options_.most) return true;
  calls_.fetch_sub(1);
  return false;
}

// Blocks. What cannot be found leaves what was known.
void Upstream::resolve() {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int failed = ::getaddrinfo(host_.c_str(), port_.c_str(), &wanted, &found); failed != 0) {
    spdlog::warn("upstream {}: {}: {}", options_.name, host_, ::gai_strerror(failed));
    return;
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
  std::vector<sockaddr_storage> addresses;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    sockaddr_storage address{};
    std::memcpy(&address, one->ai_addr, one->ai_addrlen);
    addresses.push_back(address);
  }
  const std::lock_guard lock(mutex_);
  addresses_ = std::move(addresses);
}

Result<std::unique_ptr<Upstreams>> Upstreams::open(std::vector<UpstreamOptions> options) {
  const auto no = [](const UpstreamOptions& of, std::string_view why) {
    return fail(ErrorKind::invalid, "problem.unavailable", fmt::format("upstream {}: {}", of.name, why));
  };
  std::unique_ptr<Upstreams> all(new Upstreams);
  for (UpstreamOptions& one : options) {
    const auto address = take_apart(one.address);
    if (!address) return no(one, "its address must be https://HOST[:PORT][/PATH], or http:// for one on this machine");
    auto upstream = std::make_unique<Upstream>();
    upstream->host_ = address->host;
    upstream->port_ = address->port;
    upstream->path_ = address->path;
    const bool usual = address->port == (address->secure ? "443" : "80");
    const std::string host = address->host.find(':') != std::string::npos ? "[" + address->host + "]" : address->host;
    bool good = append_header(upstream->lines_, "Host", usual ? host : host + ":" + address->port);
    if (!one.key.empty()) good = good && append_header(upstream->lines_, "Authorization", "Bearer " + one.key);
    if (!good) return no(one, "its address or key holds a character that no header may");
    if (address->secure) {
      auto tls = open_tls_client(one.authorities_file);
      if (!tls) return no(one, tls.error().detail);
      upstream->tls_ = std::move(*tls);
    }
    upstream->options_ = std::move(one);
    upstream->resolve();
    all->all_.push_back(std::move(upstream));
  }
  const SignalsBlocked blocked;
  all->thread_ = std::thread([&upstreams = *all] { upstreams.look_up(); });
  return all;
}

Upstreams::~Upstreams() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Upstreams::look_up() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, kLookUpAgain, [this] { return stopping_; })) {
    lock.unlock();
    for (const auto& one : all_) one->resolve();
    lock.lock();
  }
}

const Upstream* Upstreams::find(std::string_view name) const {
  const auto found = std::ranges::find_if(all_, [&](const auto& one) { return one->options().name == name; });
  return found == all_.end() ? nullptr : found->get();
}

Line::Line(Loop& loop, int socket, const Upstream& its_upstream)
    : upstream(its_upstream), connection(loop, socket), wire(its_upstream.wire(socket)) {}

std::unique_ptr<Line> Lines::take(const Upstream& upstream, Millis now) {
  auto& idle = idle_[&upstream];
  while (!idle.empty()) {
    std::unique_ptr<Line> line = std::move(idle.back());
    idle.pop_back();
    if (now - line->idle_since < upstream.options().idle && still_silent(*line)) return line;
  }
  return nullptr;
}

void Lines::keep(std::unique_ptr<Line> line, Millis now) {
  line->idle_since = now;
  line->used = true;
  idle_[&line->upstream].push_back(std::move(line));
}

void Lines::tick(Millis now) {
  for (auto& [upstream, idle] : idle_) {
    std::erase_if(idle, [&, of = upstream](const auto& line) { return now - line->idle_since >= of->options().idle; });
  }
}

}  // namespace bursary::net
