// What each command does once its words are understood. Each returns the process's exit code: 0 done, 1 it did not work
// (said on standard error), 2 the words were wrong.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "features/privacy/privacy.h"

namespace bursary::app {

int serve(const ServeConfiguration& configuration);

// Prints every mistake in a program's files with its mend; 1 when there is an error.
int check_program(const std::filesystem::path& folder, bool json);

int migrate_store(const StoreConfiguration& store);

struct DemoOptions {
  StoreConfiguration store;
  std::filesystem::path program;
  std::int64_t count = 200;
  std::uint64_t seed = 1;
};
int make_demo(const DemoOptions& options);

struct ExportOptions {
  StoreConfiguration store;
  std::filesystem::path program;
  std::string format = "csv";        // "csv" or "jsonl"
  std::filesystem::path output;      // empty: standard output
  std::string state, country, area;  // empty: all
};
int export_applications(const ExportOptions& options);

struct VerifyOptions {
  std::filesystem::path receipt;  // "-": standard input
  std::filesystem::path keys;     // a document of public keys; empty: those of `data`
  std::filesystem::path data = "data";
};
int verify_receipt_file(const VerifyOptions& options);

// Whether the chain over the events holds; 1 when it does not.
struct AuditOptions {
  StoreConfiguration store;
  std::vector<std::string> heads;  // kept from before, "NUMBER:HASH"
};
int verify_audit(const AuditOptions& options);
// Prints the chain's head, to be kept outside.
int print_audit_head(const StoreConfiguration& store);

// Whether the ledger's rows agree with each other; 1 when they do not (docs/formats/ledger.md).
int verify_ledger(const StoreConfiguration& store);
// Prints what crashes left unknown and nobody has cleared.
int print_doubts(const StoreConfiguration& store);

// A provider that is not one, for rehearsals and tests (features/simulator/simulator.h). Until SIGTERM or SIGINT.
struct SimulateOptions {
  std::string listen = "127.0.0.1:0";
  std::filesystem::path journal;  // a line for each call that was served; empty: none
  std::string key;                // what callers must bring; empty: nothing
};
int simulate(const SimulateOptions& options);

// What is kept about people, and erasing it (docs/privacy.md).
struct PrivacyOptions {
  StoreConfiguration store;
  std::string who;             // an address or a reference
  std::filesystem::path file;  // written by export, read by apply-erasures
  bool yes = false;
};
int print_inventory();
int export_person(const PrivacyOptions& options);
int erase_person(const PrivacyOptions& options);
int print_erasures(const StoreConfiguration& store);
int apply_erasures(const PrivacyOptions& options);
int apply_erasures(const StoreConfiguration& store, const std::vector<privacy::Erasure>& list);

// Reads delivery status notifications (RFC 3464), from standard input or a Maildir, and marks the messages that they
// are about. What is no such report, or about no message of ours, is passed over.
struct BounceOptions {
  StoreConfiguration store;
  std::string recipient;
  std::filesystem::path maildir;
};
int take_bounces(const BounceOptions& options);

int back_up(const StoreConfiguration& store, const std::filesystem::path& to);
int restore(const StoreConfiguration& store, const std::filesystem::path& from, bool replace);

// Looks at everything that can be wrong before it goes wrong, a line each; 1 when something must be mended.
int doctor(const ServeConfiguration& configuration);

// Prints a one-time link that opens a staff session. Whoever reads it over a shoulder has little time.
inline constexpr int kStaffLinkMinutes = 10;
int staff_link(const StoreConfiguration& store, const std::string& public_address, int minutes);

// Says an Error's detail on standard error.
int complain(std::string_view what);

}  // namespace bursary::app
