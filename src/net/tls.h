// TLS by OpenSSL on sockets that do not wait: 1.2 and 1.3, session tickets, ALPN http/1.1.
#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "net/wire.h"

namespace bursary::net {

// One certificate and key, as they were in their files when it was made. Connections keep the one they began with.
class TlsContext {
 public:
  virtual ~TlsContext() = default;
  // The socket must outlive the wire.
  virtual std::unique_ptr<Wire> wire(int socket) const = 0;
};

// PEM files; the certificate's may hold its chain. Error{invalid} with the reason in `detail`: unreadable, a key that
// others than its owner's group may read, a key that does not fit.
Result<std::shared_ptr<const TlsContext>> load_tls(const std::string& certificate_file, const std::string& key_file);

// The other side of it: connections that this process opens. They end where the certificate is not for the host or not
// by somebody trusted.
class TlsClientContext {
 public:
  virtual ~TlsClientContext() = default;
  // The socket must outlive the wire. `host` is a name or an address, as it stands in the URL.
  virtual std::unique_ptr<Wire> wire(int socket, const std::string& host) const = 0;
};

// `authorities_file`: PEM of who is trusted; empty: whom the system trusts.
Result<std::shared_ptr<const TlsClientContext>> open_tls_client(const std::string& authorities_file);

}  // namespace bursary::net
