#include "app/house.h"

#include <spdlog/spdlog.h>

#include "app/identity_providers.h"
#include "app/operations.h"
#include "db/migrate.h"
#include "features/site/site.h"
#include "net/fetch.h"
#include "net/mail.h"

namespace bursary::app {
namespace {

std::vector<applications::ReceiptKey> retired_keys(const Secrets& secrets) {
  std::vector<applications::ReceiptKey> keys;
  keys.reserve(secrets.earlier_receipt.size());
  for (const auto& key : secrets.earlier_receipt) {
    keys.push_back({key.id(), std::string(bytes_of(key.public_key))});
  }
  return keys;
}

// Names this process in leases; differs from every other that is alive.
std::string process_name(Random& random) { return random_token(random, 9); }

defence::Settings defence_settings(const ServeConfiguration& configuration) {
  defence::Settings settings;
  settings.enabled = configuration.defence;
  return settings;
}

messages::OutboxOptions outbox_options(const MailConfiguration& mail) {
  messages::OutboxOptions options;
  options.first_wait = std::chrono::seconds(mail.retry_seconds);
  return options;
}

}  // namespace

std::unique_ptr<db::Database> open_database(const StoreConfiguration& store, const DataFolder& folder, Access access) {
  if (!store.database.empty()) {
    db::PostgresOptions options;
    options.url = store.database;
    return db::open_postgres(options);
  }
  db::SqliteOptions options;
  options.path = folder.database().string();
  options.read_only = access == Access::read;
  options.beside = access == Access::beside;
  return db::open_sqlite(options);
}

std::unique_ptr<web::MailSender> open_mail(const MailConfiguration& mail, const DataFolder& folder) {
  if (mail.server.empty()) return std::make_unique<net::MaildirSender>(folder.mail().string());
  net::SmtpOptions options;
  options.url = mail.server;
  options.user = mail.user;
  options.password_file = mail.password_file.string();
  options.require_tls = mail.require_tls;
  options.certificate_file = mail.authorities.string();
  return std::make_unique<net::SmtpSender>(options);
}

Result<std::unique_ptr<House>> House::build(const ServeConfiguration& configuration, std::string public_address) {
  SystemRandom random;
  auto folder = DataFolder::open(configuration.store.data, random);
  if (!folder) return fail(std::move(folder).error());
  std::vector<programs::Problem> problems;
  auto programs = programs::Programs::open(configuration.program, problems);
  if (!programs) return fail(std::move(programs).error());
  std::vector<accounts::Provider> providers;
  if (!configuration.identity_providers.empty()) {
    auto read = read_identity_providers(configuration.identity_providers);
    if (!read) return fail(std::move(read).error());
    providers = std::move(*read);
  }
  auto database = open_database(configuration.store, *folder, Access::serve);
  db::migrate(*database);
  return std::unique_ptr<House>(new House(configuration, std::move(public_address), std::move(*folder),
                                          std::move(database), std::move(*programs), std::move(providers)));
}

House::House(const ServeConfiguration& configuration, std::string public_address, DataFolder folder,
             std::unique_ptr<db::Database> database, std::unique_ptr<programs::Programs> programs,
             std::vector<accounts::Provider> providers)
    : configuration_(configuration),
      public_address_(std::move(public_address)),
      folder_(std::move(folder)),
      database_(std::move(database)),
      ids_(clock_, database_->node()),
      programs_(std::move(programs)),
      form_versions_(*database_),
      defence_(clock_, random_, folder_.secrets().form, defence_settings(configuration)),
      applications_{*database_,
                    clock_,
                    random_,
                    ids_,
                    *programs_,
                    form_versions_,
                    folder_.secrets().receipt,
                    public_address_,
                    folder_.secrets().links,
                    retired_keys(folder_.secrets()),
                    insights::median_turnaround},
      fetcher_(std::make_unique<net::CurlFetcher>()),
      accounts_{*database_,
                clock_,
                random_,
                ids_,
                *programs_,
                public_address_,
                folder_.secrets().links,
                std::make_shared<accounts::OpenIdProviders>(std::move(providers), *fetcher_, clock_)},
      desk_{*database_, clock_, random_, ids_, *programs_, public_address_, folder_.secrets().links},
      sanctions_(configuration.sanctions),
      screening_{applications_, sanctions_},
      decisions_{applications_, std::chrono::seconds(configuration.undo_seconds)},
      portal_{applications_, desk_, defence_},
      queue_{*database_, clock_, ids_, *programs_, form_versions_, process_name(random_)},
      audit_{*database_, clock_, ids_, *programs_},
      privacy_{*database_, clock_, ids_, *programs_, form_versions_, queue_.node_name},
      insights_{*database_, clock_, *programs_},
      webhooks_{
          *database_, clock_, ids_, *programs_, *fetcher_, folder_.secrets().links, configuration.private_webhooks},
      api_{*database_, clock_, folder_.secrets().links, public_address_,
           [this](db::Tx& tx, const api::Told& told) { tell_token_use(tx, told); }},
      index_job_(queue_, job_writes_),
      tally_job_(queue_, job_writes_),
      bulk_job_(queue_, job_writes_),
      seal_job_({*database_, clock_, queue_.node_name}, job_writes_),
      retention_job_(privacy_),
      insight_job_(insights_, job_writes_),
      sessions_(portal::with_waiting(accounts::open_sessions(accounts_), portal_)),
      mail_(open_mail(configuration.mail, folder_)),
      outbox_({*database_,
               clock_,
               random_,
               *programs_,
               *mail_,
               {configuration.mail.from, {}, configuration.mail.bounces, folder_.secrets().links},
               [this](const messages::PrivateLink& link) { return tell_link(link); }},
              outbox_options(configuration.mail)),
      pages_(folder_.cache().string()) {
  form_versions_.keep(*programs_->current(), ids_, clock_.now());
  read_sanctions();
  queue_.pages.push_back({"decide", web::Permission::decide_applications, decisions::kMostNamed,
                          [this](const auto& request, const auto& context, const auto& references) {
                            return decisions::choose_for(decisions_, request, context, references);
                          }});
  add_routes();
  pipeline_ = std::make_unique<web::Pipeline>(web::PipelineParts{
      router_, clock_, *sessions_, [this] { return programs_->current()->phrasebooks; },
      [this](const web::Request& request, const web::Context& context, int status, const Error& error) {
        return site::error_page(*programs_->current(), request, context, status, error);
      },
      folder_.secrets().form, configuration.defence ? &rate_limiter_ : nullptr});
  publish();
}

House::~House() { stop_background(); }

void House::add_routes() {
  site::add_routes(router_, *programs_);
  applications::add_routes(router_, applications_, defence_);
  defence::add_routes(router_, defence_);
  accounts::add_routes(router_, accounts_);
  messages::add_routes(router_, desk_);
  screening::add_routes(router_, screening_);
  decisions::add_routes(router_, decisions_);
  portal::add_routes(router_, portal_);
  queue::add_routes(router_, queue_);
  audit::add_routes(router_, audit_);
  privacy::add_routes(router_, privacy_);
  insights::add_routes(router_, insights_);
  webhooks::add_routes(router_, webhooks_);
  add_operation_routes(router_, *this);
  add_api_routes();
}

// The document knows what was added before it.
void House::add_api_routes() {
  applications::add_api_routes(router_, applications_, api_);
  queue::add_api_routes(router_, queue_, api_);
  screening::add_api_routes(router_, screening_, api_);
  decisions::add_api_routes(router_, decisions_, api_);
  messages::add_api_routes(router_, desk_, api_);
  insights::add_api_routes(router_, insights_, api_);
  accounts::add_api_routes(router_, accounts_, api_);
  audit::add_api_routes(router_, audit_, api_);
  webhooks::add_api_routes(router_, webhooks_, api_);
  api::add_document(router_, api_);
  api::add_reference(router_, *programs_);
}

void House::tell_token_use(db::Tx& tx, const api::Told& told) {
  const std::string detail = fmt::format(R"({{"token":{},"operation":"{}"}})", told.token, told.operation);
  audit::write_event(
      tx, {ids_.next<audit::EventTag>(), std::nullopt, "token_used", audit::By::staff(told.person), told.at, detail});
}

// Each feature tells its own.
std::optional<std::string> House::tell_link(const messages::PrivateLink& link) const {
  if (auto told = accounts::tell_link(accounts_, link)) return told;
  if (auto told = messages::tell_desk_link(desk_, link)) return told;
  return applications::tell_link(applications_, link);
}

void House::publish() {
  pages_.publish(site::public_pages(*programs_->current(), public_address_, accounts::ways_in(accounts_)));
}

// A list that cannot be read leaves the one before in use.
void House::read_sanctions() {
  if (configuration_.sanctions.empty()) return;
  const auto read = sanctions_.reload();
  if (read) spdlog::info("the list of names was read: {} entries", *read);
  if (!read) spdlog::error("{}", read.error().detail);
}

// By whoever sits at the server: nobody is known.
void House::tell_reloaded() {
  const std::string detail = fmt::format(R"({{"version":"{}"}})", programs_->current()->version.substr(0, 12));
  const auto told = database_->write([&](db::Tx& tx) -> Result<void> {
    audit::write_event(tx, {ids_.next<audit::EventTag>(), std::nullopt, "program_reloaded", audit::By::program(),
                            clock_.now(), detail});
    return {};
  });
  if (!told) spdlog::warn("the reload could not be written among the events: {}", told.error().detail);
}

void House::reload_program() {
  read_sanctions();
  std::vector<programs::Problem> problems;
  const bool changed = programs_->reload(problems);
  for (const auto& problem : problems) {
    const bool error = problem.severity == programs::Problem::Severity::error;
    spdlog::log(error ? spdlog::level::err : spdlog::level::warn, "{}", programs::to_line(problem));
  }
  if (!changed) {
    spdlog::warn("the program was not changed");
    return;
  }
  form_versions_.keep(*programs_->current(), ids_, clock_.now());
  publish();
  tell_reloaded();
  spdlog::info("the program was read again: version {}", programs_->current()->version.substr(0, 12));
}

void House::start_background() {
  using namespace std::chrono_literals;
  background_.repeat("outbox", [this, pace = db::Pace(*database_, clock_, job_writes_)]() mutable {
    pace.begin();
    const int done = outbox_.run_once(20).done();
    const auto rest = pace.end(static_cast<std::uint64_t>(done));
    return done > 0 ? rest : 500ms;
  });
  background_.repeat("search index", [this] { return index_job_.step(); });
  background_.repeat("audit", [this] { return seal_job_.step(); });
  background_.repeat("retention", [this] { return retention_job_.step(); });
  background_.repeat("insights", [this] { return insight_job_.step(); });
  background_.repeat("tally", [this] { return tally_job_.step(); });
  background_.repeat("bulk", [this] { return bulk_job_.step(); });
  background_.repeat("api keys", 60s, [this] { return api::forget_keys(api_, 500) > 0; });
  background_.repeat("webhook events", [this, pace = db::Pace(*database_, clock_, job_writes_)]() mutable {
    pace.begin();
    const std::size_t done = webhooks::fan_out(webhooks_, 500);
    const auto rest = pace.end(done > 0 ? 1 : 0);
    return done > 0 ? rest : 1000ms;
  });
  background_.repeat("webhooks", 500ms, [this] { return webhooks::deliver(webhooks_, 20) > 0; });
  background_.repeat("old deliveries", 600s, [this] { return webhooks::forget(webhooks_) > 0; });
  background_.repeat("reminders", 60s, [this] { return portal::run_reminders(portal_, 100) > 0; });
  background_.repeat("digest", 60s, [this] { return messages::run_digest(desk_) > 0; });
  background_.repeat("releases", 1s, [this] { return decisions::run_releases(decisions_, 250) > 0; });
  background_.repeat("screening", 30s, [this] {
    const int ended = screening::end_holds(applications_, 100);
    return screening::compare_names(screening_, 500) + ended > 0;
  });
  background_.repeat("drafts", 60s, [this] {
    const auto done = applications::run_draft_expiry(applications_, 100);
    return done.reminded + done.expired > 0;
  });
}

void House::stop_background() {
  outbox_.stop();
  background_.stop();
}

std::string House::health() const {
  try {
    database_->read([](db::Tx&) { return true; });
    return {};
  } catch (const std::exception& problem) {
    return problem.what();
  }
}

}  // namespace bursary::app
