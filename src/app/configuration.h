// What the command line (or a file given with --config) says, as plain values. Every default is one that a first run on
// a laptop can use.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bursary::app {

struct StoreConfiguration {
  std::filesystem::path data = "data";
  std::string database;  // libpq URI or connection string; empty: SQLite in the data folder
};

struct MailConfiguration {
  std::string server;  // "smtp://mail.example.org:587", "smtps://…"; empty: into data/mail (a Maildir)
  std::string user;
  std::filesystem::path password_file;
  std::string from = "apply@localhost";
  std::string bounces;                // where mail that comes back goes to, "bounce@example.org"; empty: to `from`
  bool require_tls = true;            // STARTTLS, for smtp://
  std::filesystem::path authorities;  // PEM; empty: those of the system
  int retry_seconds = 60;             // after the first refusal for now; doubled at each further one
};

struct ServeConfiguration {
  StoreConfiguration store;
  MailConfiguration mail;
  std::filesystem::path program;              // empty: the built-in one
  std::filesystem::path identity_providers;   // TOML; empty: none
  int undo_seconds = 600;                     // a release of decisions is held so long
  std::filesystem::path sanctions;            // names to hold applicants' names against; empty: none
  std::vector<std::string> private_webhooks;  // "host" or "host:port" in private networks that webhooks may go to
  std::string listen = "127.0.0.1:8080";
  std::string public_address;                      // "https://apply.example.org"; empty: made from `listen`
  std::filesystem::path certificate, private_key;  // TLS by Bursary itself
  std::vector<std::string> trusted_proxies;        // CIDR
  int io_threads = 2;
  int workers = 96;  // each may wait for a commit
  int connections = 20'000;
  std::size_t queue_limit = 2'000;  // requests that wait for a worker
  int per_address = 1'000;          // connections of one address
  bool log_requests = true;
  std::string log_level = "info";
  bool defence = true;  // proof of work and rates; off for load tests on loopback alone
  bool print_staff_link = false;
  int grace_seconds = 10;  // to finish what runs after SIGTERM
};

// What can never work, as an operator would mend it: an address without http(s)://, a mail server that is not
// smtp(s)://.
std::vector<std::string> unusable(const ServeConfiguration& configuration);

}  // namespace bursary::app
