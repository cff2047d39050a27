#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/commands.h"

namespace bursary::app {
namespace {

void add_store(CLI::App& command, StoreConfiguration& store) {
  command.add_option("--data", store.data, "Folder of the database, the secrets and the mail")
      ->capture_default_str()
      ->envname("BURSARY_DATA");
  command
      .add_option("--database", store.database,
                  "PostgreSQL, as a libpq URI or connection string; without it SQLite in the data folder")
      ->envname("BURSARY_DATABASE");
}

void add_mail(CLI::App& command, MailConfiguration& mail) {
  command
      .add_option("--smtp", mail.server,
                  "Mail server: smtp://HOST:587 or smtps://HOST:465; without it mail goes into DATA/mail")
      ->envname("BURSARY_SMTP");
  command.add_option("--smtp-user", mail.user, "User at the mail server")->envname("BURSARY_SMTP_USER");
  command
      .add_option("--smtp-password-file", mail.password_file,
                  "File that holds the password, readable by its owner alone")
      ->envname("BURSARY_SMTP_PASSWORD_FILE");
  command.add_flag("!--smtp-plain", mail.require_tls,
                   "Send without TLS where the server offers none (a relay on this machine)");
  command
      .add_option("--smtp-ca", mail.authorities,
                  "Certificates (PEM) of who may vouch for the mail server; without it the system's")
      ->envname("BURSARY_SMTP_CA");
  command
      .add_option("--mail-retry", mail.retry_seconds,
                  "Seconds until mail that a server refused for now is tried again; doubled each time")
      ->capture_default_str()
      ->check(CLI::Range(1, 86'400))
      ->envname("BURSARY_MAIL_RETRY");
  command
      .add_option(
          "--bounce-address", mail.bounces,
          "Address that mail comes back to; each message leaves from one of its own below it (bounce+…@), which "
          "`bursary bounce` reads")
      ->envname("BURSARY_BOUNCE_ADDRESS");
  command.add_option("--mail-from", mail.from, "Address that mail comes from")
      ->capture_default_str()
      ->envname("BURSARY_MAIL_FROM");
}

// CLI11 reads a file for a whole program alone; this one is of one command. What stands on the command line or in the
// environment is there already when this is called, and counts.
void read_options(CLI::App& command, const std::string& file) {
  for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_file(file)) {
    CLI::Option* option = item.parents.empty() ? command.get_option_no_throw("--" + item.name) : nullptr;
    if (option == nullptr || !option->get_configurable())
      throw CLI::ConfigError(file + ": there is no option \"" + item.fullname() + "\"", CLI::ExitCodes::ConfigError);
    if (!option->empty()) continue;
    if (option->get_expected_min() == 0) {
      option->add_result(option->get_flag_value(item.name, CLI::ConfigTOML().to_flag(item)));
    } else {
      option->add_result(item.inputs);
    }
  }
}

void add_serve_options(CLI::App& command, ServeConfiguration& c) {
  // First, so that the others are read after it.
  command
      .add_option_function<std::string>(
          "--config", [&command](const std::string& file) { read_options(command, file); },
          "TOML file with these options, without the dashes")
      ->configurable(false);
  add_store(command, c.store);
  add_mail(command, c.mail);
  command.add_option("--program", c.program, "Folder of the program's files; without it the built-in one")
      ->envname("BURSARY_PROGRAM");
  command
      .add_option("--identity-providers", c.identity_providers,
                  "TOML file of the OpenID providers that people may log in with")
      ->envname("BURSARY_IDENTITY_PROVIDERS");
  command
      .add_option("--undo-seconds", c.undo_seconds,
                  "Seconds that released decisions are held, so that the release can be undone")
      ->capture_default_str()
      ->check(CLI::Range(0, 86'400))
      ->envname("BURSARY_UNDO_SECONDS");
  command
      .add_option("--sanctions", c.sanctions,
                  "Text or CSV file of names (a sanctions list); applicants with a name like one on it are flagged")
      ->envname("BURSARY_SANCTIONS");
  command
      .add_option("--private-webhook", c.private_webhooks,
                  "Host or host:port in a private network that webhooks may go to, by plain HTTP too (may be repeated)")
      ->envname("BURSARY_PRIVATE_WEBHOOK");
  command.add_option("--listen", c.listen, "Address and port")->capture_default_str()->envname("BURSARY_LISTEN");
  command
      .add_option("--public-address", c.public_address,
                  "How people reach it: https://apply.example.org; links in mail begin with it")
      ->envname("BURSARY_PUBLIC_ADDRESS");
  command.add_option("--certificate", c.certificate, "TLS certificate chain (PEM)");
  command.add_option("--private-key", c.private_key, "TLS private key (PEM)");
  command.add_option("--trust-proxy", c.trusted_proxies,
                     "Network of a proxy whose X-Forwarded-For is believed, e.g. 127.0.0.1/32");
  command.add_option("--io-threads", c.io_threads, "Threads that read and write connections")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
  command.add_option("--workers", c.workers, "Threads that handle requests")
      ->capture_default_str()
      ->check(CLI::Range(1, 1024));
  command.add_option("--connections", c.connections, "Most open connections")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000));
  command.add_option("--connections-per-address", c.per_address, "Most open connections of one address")
      ->capture_default_str();
  command.add_option("--queue", c.queue_limit, "Most requests that wait for a worker")->capture_default_str();
  command.add_flag("!--no-request-log", c.log_requests, "Do not log each request");
  command.add_option("--log-level", c.log_level, "trace, debug, info, warn, error")->capture_default_str();
  command.add_flag("!--no-defence", c.defence,
                   "Ask for no proof of work and keep no rates: for load tests on this machine");
  command.add_flag("--staff-link", c.print_staff_link, "Print a one-time link that opens a staff session");
  command.add_option("--grace", c.grace_seconds, "Seconds to finish what runs when told to stop")
      ->capture_default_str();
}

// The options of every command, alive until it has run.
struct Words {
  ServeConfiguration serve, doctor;
  StoreConfiguration migrate, backup, restore, staff, ledger;
  DemoOptions demo;
  ExportOptions exported;
  VerifyOptions verify;
  AuditOptions audit;
  BounceOptions bounce;
  PrivacyOptions privacy;
  SimulateOptions simulated;
  std::filesystem::path check_folder, backup_to, restore_from;
  std::string staff_address = "http://localhost:8080";
  int staff_minutes = kStaffLinkMinutes;
  bool check_json = false, restore_replace = false;
  int code = 0;
};

void add_program_commands(CLI::App& app, Words& words) {
  auto* serve_command = app.add_subcommand("serve", "Serve a program");
  add_serve_options(*serve_command, words.serve);
  serve_command->callback([&words] { words.code = serve(words.serve); });

  auto* check = app.add_subcommand("check", "Name what is wrong in a program's files, where, and how to mend it");
  check->add_option("folder", words.check_folder, "The program's folder")->required();
  check->add_flag("--json", words.check_json, "One JSON object a line");
  check->callback([&words] { words.code = check_program(words.check_folder, words.check_json); });

  auto* doctor_command = app.add_subcommand("doctor", "Look at everything that can be wrong before it goes wrong");
  add_serve_options(*doctor_command, words.doctor);
  doctor_command->callback([&words] { words.code = doctor(words.doctor); });
}

void add_simulate_command(CLI::App& app, Words& words) {
  auto* command = app.add_subcommand("simulate", "Play a provider of models, to rehearse and to test with");
  command->add_option("--listen", words.simulated.listen, "ADDRESS:PORT")->capture_default_str();
  command->add_option("--journal", words.simulated.journal, "File that each call which was served is appended to");
  command->add_option("--key", words.simulated.key,
                      "Bearer token that callers must bring; without it anybody may call");
  command->callback([&words] { words.code = simulate(words.simulated); });
}

void add_store_commands(CLI::App& app, Words& words) {
  auto* migrate = app.add_subcommand("migrate", "Bring the database to this binary's schema");
  add_store(*migrate, words.migrate);
  migrate->callback([&words] { words.code = migrate_store(words.migrate); });

  auto* backup = app.add_subcommand("backup", "Copy the data folder's database and secrets while it serves");
  add_store(*backup, words.backup);
  backup->add_option("--to", words.backup_to, "Folder to make; must not exist yet")->required();
  backup->callback([&words] { words.code = back_up(words.backup, words.backup_to); });

  auto* restore_command =
      app.add_subcommand("restore", "Put a backup into a data folder, after checking every row count and hash");
  add_store(*restore_command, words.restore);
  restore_command->add_option("--from", words.restore_from, "Folder that backup made")->required();
  restore_command->add_flag("--replace", words.restore_replace,
                            "The data folder holds a database already: put it aside");
  restore_command->callback(
      [&words] { words.code = restore(words.restore, words.restore_from, words.restore_replace); });
}

void add_ledger_commands(CLI::App& app, StoreConfiguration& store, int& code) {
  auto* ledger = app.add_subcommand("ledger", "All money from the pledge to the call");
  ledger->require_subcommand(1);
  auto* verify = ledger->add_subcommand("verify", "Recompute every balance from what moved, and say whether all holds");
  add_store(*verify, store);
  verify->callback([&store, &code] { code = verify_ledger(store); });
  auto* doubts = ledger->add_subcommand("doubts", "List the calls that a crash left unknown");
  add_store(*doubts, store);
  doubts->callback([&store, &code] { code = print_doubts(store); });
}

void add_audit_commands(CLI::App& app, AuditOptions& options, int& code) {
  auto* audit = app.add_subcommand("audit", "The chain over everything that was done");
  audit->require_subcommand(1);
  auto* verify = audit->add_subcommand("verify", "Say whether any event was changed, removed or put in");
  add_store(*verify, options.store);
  verify->add_option("--head", options.heads, "NUMBER:HASH kept from before, which must still be part of the chain");
  verify->callback([&options, &code] { code = verify_audit(options); });
  auto* head = audit->add_subcommand("head", "Print the chain's last number and hash, to be kept elsewhere");
  add_store(*head, options.store);
  head->callback([&options, &code] { code = print_audit_head(options.store); });
}

void add_privacy_commands(CLI::App& app, PrivacyOptions& options, int& code) {
  auto* privacy = app.add_subcommand("privacy", "What is kept about people: list it, give it out, erase it");
  privacy->require_subcommand(1);
  auto* inventory = privacy->add_subcommand("inventory", "Print every column, what it is for and how long it is kept");
  inventory->callback([&code] { code = print_inventory(); });

  const auto add_who = [&options](CLI::App& command) {
    add_store(command, options.store);
    command.add_option("who", options.who, "E-mail address, or an application's reference")->required();
  };
  auto* exported = privacy->add_subcommand("export", "Write all that is kept about somebody into a ZIP");
  add_who(*exported);
  exported->add_option("--to", options.file, "File to make; must not exist yet")->required();
  exported->callback([&options, &code] { code = export_person(options); });

  auto* erase = privacy->add_subcommand("erase", "Erase somebody, or one application, for ever");
  add_who(*erase);
  erase->add_flag("--yes", options.yes, "Do it; without this it is only said what would be erased");
  erase->callback([&options, &code] { code = erase_person(options); });

  auto* erasures =
      privacy->add_subcommand("erasures", "Print what was erased, by id, for another copy of the database");
  add_store(*erasures, options.store);
  erasures->callback([&options, &code] { code = print_erasures(options.store); });
  auto* apply = privacy->add_subcommand("apply-erasures", "Erase again what `erasures` printed");
  add_store(*apply, options.store);
  apply->add_option("--from", options.file, "File that it was printed into")->required();
  apply->callback([&options, &code] { code = apply_erasures(options); });
}

void add_data_commands(CLI::App& app, Words& words) {
  auto* demo = app.add_subcommand("demo", "Add believable applications, made up by Bursary, to practise with");
  add_store(*demo, words.demo.store);
  demo->add_option("--program", words.demo.program, "Folder of the program's files; without it the built-in one");
  demo->add_option("--count", words.demo.count, "How many")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}));
  demo->add_option("--seed", words.demo.seed,
                   "The same seed makes the same applications in an empty store, and others when there are some")
      ->capture_default_str();
  demo->callback([&words] { words.code = make_demo(words.demo); });

  auto* exported = app.add_subcommand("export", "Write applications as CSV or JSON Lines");
  add_store(*exported, words.exported.store);
  exported->add_option("--program", words.exported.program,
                       "Folder of the program's files; without it the built-in one");
  exported->add_option("--format", words.exported.format, "csv or jsonl")
      ->capture_default_str()
      ->check(CLI::IsMember({"csv", "jsonl"}));
  exported->add_option("--to", words.exported.output, "File to write; without it standard output");
  exported->add_option("--state", words.exported.state, "Only this state, e.g. submitted");
  exported->add_option("--country", words.exported.country, "Only this country, e.g. KE");
  exported->add_option("--area", words.exported.area, "Only this research area, e.g. alignment");
  exported->callback([&words] { words.code = export_applications(words.exported); });

  auto* receipt = app.add_subcommand("receipt", "Receipts that prove what was submitted when");
  receipt->require_subcommand(1);
  auto* verify = receipt->add_subcommand("verify", "Say whether a receipt holds");
  verify->add_option("file", words.verify.receipt, "The receipt; - for standard input")->required();
  verify->add_option("--keys", words.verify.keys,
                     "Public keys, from /.well-known/bursary-receipt-keys.json; without it those of --data");
  verify->add_option("--data", words.verify.data, "Data folder whose keys are taken")->capture_default_str();
  verify->callback([&words] { words.code = verify_receipt_file(words.verify); });

  add_audit_commands(app, words.audit, words.code);
  add_ledger_commands(app, words.ledger, words.code);
  add_simulate_command(app, words);
  add_privacy_commands(app, words.privacy, words.code);

  auto* bounce = app.add_subcommand("bounce", "Read mail that came back, and mark what it was about");
  add_store(*bounce, words.bounce.store);
  bounce->add_option("--recipient", words.bounce.recipient,
                     "Envelope address that it was delivered to; without it the mail's own header is believed");
  bounce->add_option("--maildir", words.bounce.maildir,
                     "Maildir whose new mail is read; without it one mail comes on standard input");
  bounce->callback([&words] { words.code = take_bounces(words.bounce); });

  auto* staff = app.add_subcommand("staff", "People who work on the program");
  staff->require_subcommand(1);
  auto* link = staff->add_subcommand("link", "Print a one-time link that opens a staff session");
  add_store(*link, words.staff);
  link->add_option("--public-address", words.staff_address, "How people reach the server")
      ->capture_default_str()
      ->envname("BURSARY_PUBLIC_ADDRESS");
  link->add_option("--minutes", words.staff_minutes, "How long the link may be used")
      ->capture_default_str()
      ->check(CLI::Range(1, 1440));
  link->callback([&words] { words.code = staff_link(words.staff, words.staff_address, words.staff_minutes); });
}

}  // namespace

int run_command_line(int count, const char* const* arguments) {
  CLI::App app("Bursary runs a researcher access program: applications, review, awards, metered access.", "bursary");
  app.set_version_flag("--version", "bursary " BURSARY_VERSION);
  app.require_subcommand(1);
  app.fallthrough(false);
  Words words;
  add_program_commands(app, words);
  add_store_commands(app, words);
  add_data_commands(app, words);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& stop) {
    return app.exit(stop) == 0 ? 0 : 2;
  }
  return words.code;
}

}  // namespace bursary::app
