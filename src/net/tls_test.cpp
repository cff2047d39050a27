#include "net/tls.h"

#include <doctest/doctest.h>

#include "net/testing.h"
#include "net/testing_tls.h"

using namespace bursary;
using namespace bursary::net;
using namespace bursary::net::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct TlsSite {
  TlsSite() : site(options()) {}
  ServerOptions options() {
    write_certificate(certificate, key, 1);
    ServerOptions made = Site::quick_options();
    made.tls_certificate_file = certificate;
    made.tls_key_file = key;
    return made;
  }
  TemporaryFolder folder;
  std::string certificate = folder.path() / "certificate.pem";
  std::string key = folder.path() / "key.pem";
  Site site;
};

}  // namespace

TEST_CASE("TLS: the same answers, and told that they are secure") {
  TlsSite tls;
  TlsClient client(tls.site.port());
  REQUIRE(client.connected());
  CHECK(client.protocol() == "http/1.1");
  CHECK(std::string(SSL_get_version(client.connection())) == "TLSv1.3");
  const std::string page = client.ask(get("/apply"));
  CHECK(page.ends_with(tls.site.big_page));
  CHECK(page.find("Strict-Transport-Security: max-age=31536000") != std::string::npos);
  CHECK(client.ask(get("/named/x")).ends_with("x? secure"));
  const std::string body(300'000, 'b');
  std::string sent = post("/echo", body);
  sent.replace(sent.find("Origin: http:"), 13, "Origin: https:");
  CHECK(client.ask(sent).find("300000:bbb") != std::string::npos);
  const std::string large = client.ask(get("/large"));
  CHECK(large.size() > 20'000'000);
  CHECK(large.ends_with("LLLL"));
  CHECK(client.ask(get("/dynamic", "Connection: close\r\n")).find("Connection: close") != std::string::npos);
  CHECK(client.hear(1).empty());
  CHECK(SSL_get_shutdown(client.connection()) == SSL_RECEIVED_SHUTDOWN);  // an end that was said, not a cut
}

TEST_CASE("TLS 1.2 is spoken with forward secrecy, what is older is not") {
  TlsSite tls;
  TlsClient::Wanted older;
  older.most = TLS1_2_VERSION;
  TlsClient client(tls.site.port(), older);
  REQUIRE(client.connected());
  CHECK(std::string(SSL_get_cipher(client.connection())).starts_with("ECDHE-"));
  CHECK(client.ask(get("/")).starts_with("HTTP/1.1 200"));
  older.most = TLS1_1_VERSION;
  CHECK_FALSE(TlsClient(tls.site.port(), older).connected());
}

TEST_CASE("a session is resumed from its ticket") {
  TlsSite tls;
  TlsClient first(tls.site.port());
  REQUIRE(first.connected());
  CHECK(first.ask(get("/")).starts_with("HTTP/1.1 200"));  // with it come the tickets
  const TlsPtr<SSL_SESSION> session(SSL_get1_session(first.connection()));
  TlsClient::Wanted again;
  again.session = session.get();
  TlsClient second(tls.site.port(), again);
  REQUIRE(second.connected());
  CHECK(SSL_session_reused(second.connection()) == 1);
  CHECK(second.ask(get("/dynamic")).starts_with("HTTP/1.1 200"));
}

TEST_CASE("a new certificate is used from then on; a bad one leaves the old") {
  TlsSite tls;
  TlsClient before(tls.site.port());
  CHECK(before.serial() == 1);
  write_certificate(tls.certificate, tls.key, 2);
  REQUIRE(tls.site.server->reload_certificate());
  CHECK(TlsClient(tls.site.port()).serial() == 2);
  CHECK(before.ask(get("/")).starts_with("HTTP/1.1 200"));

  const auto refused = [&] { return tls.site.server->reload_certificate().error().detail; };
  write_certificate(tls.certificate, tls.folder.path() / "another.pem", 3);
  CHECK(refused().find("TLS key") != std::string::npos);
  write_certificate(tls.certificate, tls.key, 4);
  ::chmod(tls.key.c_str(), 0604);
  CHECK(refused().find("may be read by others") != std::string::npos);
  std::filesystem::remove(tls.key);
  CHECK(refused().find("cannot read") != std::string::npos);
  CHECK(TlsClient(tls.site.port()).serial() == 2);
}

TEST_CASE("who does not finish the greeting, or begins none, is cut in time") {
  TlsSite tls;
  Client silent(tls.site.port()), half(tls.site.port()), plain(tls.site.port());
  half.say(std::string("\x16\x03\x01\x02\x00\x01", 6));
  plain.say(get("/"));
  CHECK(plain.ends_within(seconds{2}));
  CHECK(silent.ends_within(seconds{3}));
  CHECK(half.ends_within(seconds{3}));
  TlsClient dripping(tls.site.port());
  REQUIRE(dripping.connected());
  dripping.say("GET / HTTP/1.1\r\n");
  CHECK(dripping.hear(12) == "HTTP/1.1 408");
}

TEST_CASE("a record that never ends is no idle connection") {
  TlsSite tls;
  TlsClient client(tls.site.port());
  REQUIRE(client.connected());
  REQUIRE(client.ask(get("/")).starts_with("HTTP/1.1 200"));
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 40 && client.plain().say(i == 0 ? "\x17" : i == 1 ? "\x03" : i == 2 ? "\x03" : "\x10"); ++i)
    std::this_thread::sleep_for(milliseconds{50});
  CHECK(client.plain().ends_within(seconds{2}));
  CHECK(std::chrono::steady_clock::now() - begun < seconds{2});
}
