// A certificate made for one test, and a client that speaks TLS to loopback.
#pragma once
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "net/testing_client.h"

namespace bursary::net::testing {

struct FreeTls {
  void operator()(SSL_CTX* p) const { SSL_CTX_free(p); }
  void operator()(SSL* p) const { SSL_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(X509* p) const { X509_free(p); }
  void operator()(SSL_SESSION* p) const { SSL_SESSION_free(p); }
  void operator()(std::FILE* p) const { std::fclose(p); }
};
template <class T>
using TlsPtr = std::unique_ptr<T, FreeTls>;

// Self-signed, for localhost and 127.0.0.1, good for a day; key mode 0600.
inline void write_certificate(const std::string& certificate_file, const std::string& key_file, long serial) {
  const TlsPtr<EVP_PKEY> key(EVP_EC_gen("P-256"));
  const TlsPtr<X509> certificate(X509_new());
  X509* x = certificate.get();
  X509_set_version(x, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
  X509_gmtime_adj(X509_getm_notBefore(x), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x), 86'400);
  X509_set_pubkey(x, key.get());
  const std::basic_string<unsigned char> name = {'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't'};
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8, name.c_str(), static_cast<int>(name.size()),
                             -1, 0);
  X509_set_issuer_name(x, X509_get_subject_name(x));
  for (const auto& [kind, value] : {std::pair{NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"},
                                    std::pair{NID_basic_constraints, "critical,CA:TRUE"}}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
    X509_add_ext(x, extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(x, key.get(), EVP_sha256());
  const TlsPtr<std::FILE> into(std::fopen(certificate_file.c_str(), "w")), key_into(std::fopen(key_file.c_str(), "w"));
  if (!into || !key_into || PEM_write_X509(into.get(), x) != 1 ||
      PEM_write_PrivateKey(key_into.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    throw std::runtime_error("no certificate");
  ::chmod(key_file.c_str(), 0600);
}

class TlsClient {
 public:
  struct Wanted {
    int most = 0;                    // highest version; 0: any
    SSL_SESSION* session = nullptr;  // to resume
    std::array<unsigned char, 12> protocols = {2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  };
  TlsClient(std::uint16_t port, const Wanted& wanted) : plain_(port), context_(SSL_CTX_new(TLS_client_method())) {
    if (wanted.most != 0) SSL_CTX_set_max_proto_version(context_.get(), wanted.most);
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_options(context_.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
    connection_.reset(SSL_new(context_.get()));
    SSL_set_alpn_protos(connection_.get(), wanted.protocols.data(), static_cast<unsigned>(wanted.protocols.size()));
    if (wanted.session) SSL_set_session(connection_.get(), wanted.session);
    SSL_set_fd(connection_.get(), plain_.socket());
    connected_ = SSL_connect(connection_.get()) == 1;
  }
  explicit TlsClient(std::uint16_t port) : TlsClient(port, Wanted{}) {}

  bool connected() const { return connected_; }
  SSL* connection() { return connection_.get(); }
  Client& plain() { return plain_; }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(connection_.get(), &name, &size);
    return {name, name + size};
  }
  long serial() const {
    const TlsPtr<X509> certificate(SSL_get1_peer_certificate(connection_.get()));
    return certificate ? ASN1_INTEGER_get(X509_get0_serialNumber(certificate.get())) : -1;
  }
  bool say(std::string_view bytes) {
    return SSL_write(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  // Reads until so many bytes have come or nothing more does.
  std::string hear(std::size_t most) {
    std::string heard;
    std::array<char, 16'384> piece;
    while (heard.size() < most) {
      const int got =
          SSL_read(connection_.get(), piece.data(), static_cast<int>(std::min(piece.size(), most - heard.size())));
      if (got <= 0) break;
      heard.append(piece.data(), static_cast<std::size_t>(got));
    }
    return heard;
  }
  // One answer with a Content-Length.
  std::string ask(std::string_view bytes) {
    say(bytes);
    std::string heard;
    while (heard.find("\r\n\r\n") == std::string::npos) {
      const std::string more = hear(1);
      if (more.empty()) return heard;
      heard += more;
    }
    const auto at = heard.find("Content-Length: ");
    if (at != std::string::npos) heard += hear(std::stoul(heard.substr(at + 16)));
    return heard;
  }

 private:
  Client plain_;
  TlsPtr<SSL_CTX> context_;
  TlsPtr<SSL> connection_;
  bool connected_ = false;
};

}  // namespace bursary::net::testing
