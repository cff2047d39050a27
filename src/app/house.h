// Everything that serves, built once and in one place: who gets what can be read here from top to bottom. Nothing is
// global; a test builds a house of its own.
#pragma once
#include <memory>
#include <string>

#include "app/background.h"
#include "app/configuration.h"
#include "app/data_folder.h"
#include "base/id.h"
#include "db/database.h"
#include "features/accounts/accounts.h"
#include "features/api/api.h"
#include "features/applications/applications.h"
#include "features/audit/chain.h"
#include "features/audit/trail.h"
#include "features/decisions/decisions.h"
#include "features/defence/defence.h"
#include "features/insights/insights.h"
#include "features/messages/desk.h"
#include "features/messages/messages.h"
#include "features/portal/portal.h"
#include "features/privacy/privacy.h"
#include "features/programs/programs.h"
#include "features/queue/queue.h"
#include "features/screening/sanctions.h"
#include "features/screening/screening.h"
#include "features/webhooks/webhooks.h"
#include "net/figures.h"
#include "web/outside.h"
#include "web/page_store.h"
#include "web/pipeline.h"
#include "web/rate_limit.h"
#include "web/router.h"

namespace bursary::app {

// How a command uses a store that a server may be serving at the same time. PostgreSQL does not care.
enum class Access { serve, read, beside };
std::unique_ptr<db::Database> open_database(const StoreConfiguration& store, const DataFolder& folder, Access access);
std::unique_ptr<web::MailSender> open_mail(const MailConfiguration& mail, const DataFolder& folder);

class House {
 public:
  // Throws db::DatabaseBroken; an Error says what an operator must mend. The schema must be there (migrate first).
  static Result<std::unique_ptr<House>> build(const ServeConfiguration& configuration, std::string public_address);
  ~House();

  const web::Pipeline& pipeline() const { return *pipeline_; }
  const web::PageStore& pages() const { return pages_; }
  const web::Router& router() const { return router_; }
  db::Database& database() { return *database_; }
  const applications::Parts& applications() const { return applications_; }
  const accounts::Parts& accounts() const { return accounts_; }
  const queue::Parts& queue() const { return queue_; }
  defence::Defence& defence() { return defence_; }
  programs::Programs& programs() { return *programs_; }
  const DataFolder& folder() const { return folder_; }
  const Clock& clock() const { return clock_; }
  net::Figures& server_figures() { return server_figures_; }
  const messages::Outbox& outbox() const { return outbox_; }

  // Reads the program's files again. A broken program leaves the old one; what is wrong goes to the log.
  void reload_program();
  // Outbox, index, seals and drafts' ends, until stop_background().
  void start_background();
  void stop_background();
  std::string health() const;  // empty: ready; else what is not

 private:
  House(const ServeConfiguration& configuration, std::string public_address, DataFolder folder,
        std::unique_ptr<db::Database> database, std::unique_ptr<programs::Programs> programs,
        std::vector<accounts::Provider> providers);
  void add_routes();
  void add_api_routes();
  void publish();
  void tell_reloaded();
  void tell_token_use(db::Tx& tx, const api::Told& told);
  void read_sanctions();
  std::optional<std::string> tell_link(const messages::PrivateLink& link) const;

  ServeConfiguration configuration_;
  std::string public_address_;
  DataFolder folder_;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<db::Database> database_;
  IdSource ids_;
  std::unique_ptr<programs::Programs> programs_;
  applications::FormVersions form_versions_;
  defence::Defence defence_;
  applications::Parts applications_;
  std::unique_ptr<web::Fetcher> fetcher_;
  accounts::Parts accounts_;
  messages::DeskParts desk_;
  screening::SanctionsFile sanctions_;
  screening::Parts screening_;
  decisions::Parts decisions_;
  portal::Parts portal_;
  queue::Parts queue_;
  audit::Parts audit_;
  privacy::Parts privacy_;
  insights::Parts insights_;
  webhooks::Parts webhooks_;
  api::Parts api_;
  db::JobWrites job_writes_;
  queue::IndexJob index_job_;
  queue::TallyJob tally_job_;
  queue::BulkJob bulk_job_;
  audit::SealJob seal_job_;
  privacy::RetentionJob retention_job_;
  insights::InsightJob insight_job_;
  std::unique_ptr<web::Sessions> sessions_;
  std::unique_ptr<web::MailSender> mail_;
  messages::Outbox outbox_;
  net::Figures server_figures_;
  web::Router router_;
  web::PageStore pages_;
  web::RateLimiter rate_limiter_{web::RateLimits{}};
  std::unique_ptr<web::Pipeline> pipeline_;
  Background background_;
};

}  // namespace bursary::app
