#include "net/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace bursary::net {
namespace {

constexpr std::size_t kRecord = 16UL * 1024;  // the largest TLS record

struct Free {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* connection) const { SSL_free(connection); }
};
using ContextPtr = std::unique_ptr<SSL_CTX, Free>;
using ConnectionPtr = std::unique_ptr<SSL, Free>;

std::string last_failure() {
  std::array<char, 256> text{};
  const unsigned long code = ERR_get_error();
  ERR_error_string_n(code, text.data(), text.size());
  ERR_clear_error();
  return code == 0 ? "no reason given" : text.data();
}

class TlsWire final : public Wire {
 public:
  explicit TlsWire(ConnectionPtr connection) : connection_(std::move(connection)) {}

  Moved greet() override {
    ERR_clear_error();
    return outcome(SSL_do_handshake(connection_.get()), 0);
  }

  Moved read(std::span<char> into) override {
    ERR_clear_error();
    std::size_t got = 0;
    const int result = SSL_read_ex(connection_.get(), into.data(), into.size(), &got);
    return outcome(result, got);
  }

  // One record at a time, filled from as many pieces as fit: a head and a small body travel together. A retry gathers
  // the same bytes again, which is what OpenSSL asks for.
  Moved write(std::span<const iovec> pieces) override {
    std::array<char, kRecord> record;
    std::size_t size = 0;
    for (const iovec& piece : pieces) {
      const std::size_t part = std::min(piece.iov_len, record.size() - size);
      if (part > 0) std::memcpy(record.data() + size, piece.iov_base, part);
      size += part;
    }
    if (size == 0) return {};
    ERR_clear_error();
    std::size_t sent = 0;
    const int result = SSL_write_ex(connection_.get(), record.data(), size, &sent);
    return outcome(result, sent);
  }

  bool holds_more() const override { return SSL_pending(connection_.get()) > 0; }
  void end() override {
    ERR_clear_error();
    if (!broken_ && SSL_is_init_finished(connection_.get())) SSL_shutdown(connection_.get());
    ::shutdown(SSL_get_fd(connection_.get()), SHUT_WR);
  }
  bool secure() const override { return true; }

 private:
  Moved outcome(int result, std::size_t bytes) {
    if (result > 0) return {Moved::State::moved, bytes};
    switch (SSL_get_error(connection_.get(), result)) {
      case SSL_ERROR_WANT_READ:
        return {Moved::State::wait_to_read, 0};
      case SSL_ERROR_WANT_WRITE:
        return {Moved::State::wait_to_write, 0};
      case SSL_ERROR_ZERO_RETURN:
        return {Moved::State::closed, 0};
      default:
        broken_ = true;  // SSL_shutdown must not be called any more
        return {Moved::State::closed, 0};
    }
  }

  ConnectionPtr connection_;
  bool broken_ = false;
};

class OpenSslContext final : public TlsContext {
 public:
  explicit OpenSslContext(ContextPtr context) : context_(std::move(context)) {}

  std::unique_ptr<Wire> wire(int socket) const override {
    ConnectionPtr connection(SSL_new(context_.get()));
    if (!connection || SSL_set_fd(connection.get(), socket) != 1) return nullptr;
    SSL_set_accept_state(connection.get());
    return std::make_unique<TlsWire>(std::move(connection));
  }

 private:
  ContextPtr context_;
};

// The only protocol spoken here; a client that offers others alone goes on without one, as before ALPN.
int select_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr std::array<unsigned char, 9> kHttp11 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, kHttp11.data(), kHttp11.size(), offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

// A key that is locked by a password fails instead of asking a terminal.
int no_password(char*, int, int, void*) { return 0; }

ContextPtr new_context() {
  ContextPtr context(SSL_CTX_new(TLS_server_method()));
  if (!context) return context;
  SSL_CTX* c = context.get();
  SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(c, "ECDHE+AESGCM:ECDHE+CHACHA20");  // of 1.2; those of 1.3 are all good
  SSL_CTX_set_options(
      c, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);  // tickets alone: nothing is kept per client
  static constexpr std::string_view kName = "bursary";
  std::array<unsigned char, kName.size()> name{};
  std::copy(kName.begin(), kName.end(), name.begin());
  SSL_CTX_set_session_id_context(c, name.data(), name.size());
  SSL_CTX_set_default_passwd_cb(c, &no_password);
  SSL_CTX_set_alpn_select_cb(c, &select_protocol, nullptr);
  return context;
}

Result<std::shared_ptr<const TlsContext>> refused(const std::string& detail) {
  return fail(ErrorKind::invalid, "problem.unavailable", detail);
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return ::inet_pton(AF_INET, host.c_str(), parsed.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), parsed.data()) == 1;
}

// The certificate must be for this host; a name is also told in the greeting.
bool expect_host(SSL* connection, const std::string& host) {
  if (is_address(host)) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str()) == 1;
  return SSL_set1_host(connection, host.c_str()) == 1 && SSL_set_tlsext_host_name(connection, host.c_str()) == 1;
}

class OpenSslClientContext final : public TlsClientContext {
 public:
  explicit OpenSslClientContext(ContextPtr context) : context_(std::move(context)) {}

  std::unique_ptr<Wire> wire(int socket, const std::string& host) const override {
    ConnectionPtr connection(SSL_new(context_.get()));
    if (!connection || SSL_set_fd(connection.get(), socket) != 1 || !expect_host(connection.get(), host))
      return nullptr;
    SSL_set_connect_state(connection.get());
    return std::make_unique<TlsWire>(std::move(connection));
  }

 private:
  ContextPtr context_;
};

ContextPtr new_client_context() {
  ContextPtr context(SSL_CTX_new(TLS_client_method()));
  if (!context) return context;
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

}  // namespace

Result<std::shared_ptr<const TlsClientContext>> open_tls_client(const std::string& authorities_file) {
  const auto no = [](const std::string& detail) { return fail(ErrorKind::invalid, "problem.unavailable", detail); };
  ContextPtr context = new_client_context();
  if (!context) return no("OpenSSL: " + last_failure());
  const bool trusts = authorities_file.empty()
                          ? SSL_CTX_set_default_verify_paths(context.get()) == 1
                          : SSL_CTX_load_verify_locations(context.get(), authorities_file.c_str(), nullptr) == 1;
  if (!trusts) return no("cannot use the certificates " + authorities_file + ": " + last_failure());
  return std::shared_ptr<const TlsClientContext>(std::make_shared<OpenSslClientContext>(std::move(context)));
}

Result<std::shared_ptr<const TlsContext>> load_tls(const std::string& certificate_file, const std::string& key_file) {
  struct stat about {};
  if (::stat(key_file.c_str(), &about) != 0)
    return refused("cannot read the TLS key " + key_file + ": " + std::strerror(errno));
  if ((about.st_mode & S_IRWXO) != 0)
    return refused("the TLS key " + key_file + " may be read by others: chmod o-rwx it");
  ContextPtr context = new_context();
  if (!context) return refused("OpenSSL: " + last_failure());
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1)
    return refused("cannot use the TLS certificate " + certificate_file + ": " + last_failure());
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1)
    return refused("cannot use the TLS key " + key_file + ": " + last_failure());
  if (SSL_CTX_check_private_key(context.get()) != 1)
    return refused("the TLS key " + key_file + " does not belong to the certificate " + certificate_file);
  return std::shared_ptr<const TlsContext>(std::make_shared<OpenSslContext>(std::move(context)));
}

}  // namespace bursary::net
