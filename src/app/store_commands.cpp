#include "app/commands.h"
#include "app/house.h"
#include "app/progress.h"
#include "app/store.h"
#include "db/migrate.h"
#include "features/queue/queue.h"
#include "features/rehearsal/rehearsal.h"

namespace bursary::app {
namespace {

Result<std::unique_ptr<programs::Programs>> open_program(const std::filesystem::path& folder) {
  std::vector<programs::Problem> problems;
  auto programs = programs::Programs::open(folder, problems);
  if (!programs) {
    for (const auto& problem : problems) fmt::print(stderr, "{}\n", programs::to_line(problem));
  }
  return programs;
}

}  // namespace

int migrate_store(const StoreConfiguration& configuration) {
  auto store = open_store(configuration);
  if (!store) return complain(store.error().detail);
  const auto done = db::migrate(*store->database);
  for (const auto& name : done) fmt::print("{}\n", name);
  fmt::print("{} migrations applied; schema {}\n", done.size(), db::migration_state(*store->database).have);
  return 0;
}

int make_demo(const DemoOptions& options) {
  auto store = open_store(options.store);
  if (!store) return complain(store.error().detail);
  auto programs = open_program(options.program);
  if (!programs) return complain("the program has mistakes");
  db::migrate(*store->database);
  SystemClock clock;
  SystemRandom random;
  IdSource ids(clock, store->database->node());
  applications::FormVersions versions(*store->database);
  versions.keep(*(*programs)->current(), ids, clock.now());
  const std::uint64_t seed =
      store->database->read([&](db::Tx& tx) { return rehearsal::seed_beside(tx, options.seed); });
  const applications::Parts parts{*store->database,
                                  clock,
                                  random,
                                  ids,
                                  **programs,
                                  versions,
                                  store->folder.secrets().receipt,
                                  "http://localhost",
                                  store->folder.secrets().links};
  {
    Progress progress("written", options.count);
    rehearsal::insert_applications(parts, {seed, options.count}, [&](std::int64_t done) { progress.show(done); });
  }
  // Search finds them as soon as their text is indexed; the server would do it too, but later.
  const queue::Parts queue_parts{*store->database, clock, ids, **programs, versions, "demo"};
  db::JobWrites jobs;
  queue::IndexJob index(queue_parts, jobs);
  {
    Progress progress("indexed", options.count);
    std::int64_t indexed = 0;
    while (const std::size_t batch = index.run_once(500).indexed) {
      indexed += static_cast<std::int64_t>(batch);
      progress.show(indexed);
    }
  }
  fmt::print("{} applications added\n", options.count);
  return 0;
}

int export_applications(const ExportOptions& options) {
  auto store = open_store(options.store, Access::read);
  if (!store) return complain(store.error().detail);
  auto programs = open_program(options.program);
  if (!programs) return complain("the program has mistakes");
  queue::Filter filter;
  if (!options.country.empty()) filter.countries = {options.country};
  if (!options.area.empty()) filter.areas = {{options.area}};
  if (!options.state.empty()) {
    const auto state = applications::state_named(options.state);
    if (!state) return complain("no such state: " + options.state);
    filter.states = {*state};
  }
  SystemClock clock;
  IdSource ids(clock, 0);
  applications::FormVersions versions(*store->database);
  const queue::Parts parts{*store->database, clock, ids, **programs, versions, "export"};
  const auto format = options.format == "csv" ? queue::ExportFormat::csv : queue::ExportFormat::json_lines;
  std::FILE* out = options.output.empty() ? stdout : std::fopen(options.output.c_str(), "wb");
  if (out == nullptr) return complain("cannot write " + options.output.string());
  const auto source = queue::open_export(parts, filter, format);
  bool whole = true;
  for (std::string piece; whole && source->next(piece);)
    whole = std::fwrite(piece.data(), 1, piece.size(), out) == piece.size();
  whole = std::fflush(out) == 0 && whole;
  if (out != stdout) whole = std::fclose(out) == 0 && whole;
  return whole ? 0 : complain("the export could not be written whole");
}

int staff_link(const StoreConfiguration& configuration, const std::string& public_address, int minutes) {
  auto store = open_store(configuration, Access::beside);
  if (!store) return complain(store.error().detail);
  auto programs = open_program({});
  if (!programs) return complain("the program has mistakes");
  SystemClock clock;
  SystemRandom random;
  IdSource ids(clock, node_beside(configuration, *store->database));
  const accounts::Parts parts{*store->database, clock, random, ids, **programs, {}, {}};
  fmt::print("{}{}\n", public_address, accounts::make_staff_link(parts, std::chrono::minutes(minutes)));
  return 0;
}

}  // namespace bursary::app
