#include <boost/json.hpp>
#include <fstream>

#include "app/commands.h"
#include "app/store.h"
#include "features/privacy/export.h"
#include "features/privacy/inventory.h"
#include "features/privacy/privacy.h"

namespace bursary::app {
namespace {

namespace fs = std::filesystem;

// Beside a server, if there is one.
struct Desk {
  Desk(Store opened, std::unique_ptr<programs::Programs> read, const StoreConfiguration& configuration)
      : store(std::move(opened)),
        programs(std::move(read)),
        ids(clock, node_beside(configuration, *store.database)),
        versions(*store.database),
        parts{*store.database, clock, ids, *programs, versions, "terminal"} {}

  Store store;
  SystemClock clock;
  std::unique_ptr<programs::Programs> programs;
  IdSource ids;
  applications::FormVersions versions;
  privacy::Parts parts;
};

std::unique_ptr<Desk> open_desk(const StoreConfiguration& configuration, Access access) {
  auto store = open_known(configuration, access);
  if (!store) return nullptr;
  std::vector<programs::Problem> problems;
  auto programs = programs::Programs::open({}, problems);
  if (!programs) {
    complain("the built-in program has mistakes");
    return nullptr;
  }
  return std::make_unique<Desk>(std::move(*store), std::move(*programs), configuration);
}

// What erasing deleted is still readable in the file until the full text is merged and the log is emptied; a server
// does both, and so does this when there is none.
void purge(Desk& desk) {
  privacy::RetentionJob job(desk.parts);
  while (job.purge_once()) {
  }
}

void print_target(const privacy::Target& target) {
  if (target.person) fmt::print("a person who signs in\n");
  for (const auto& application : target.applications) {
    fmt::print("application {}, {}\n", application.reference.empty() ? "(draft)" : application.reference,
               applications::to_string(application.state));
  }
}

std::string sentence(const Error& error) {
  if (error.kind == ErrorKind::conflict) return "this person works on the program: take their roles away first";
  if (error.kind == ErrorKind::not_found) return "nothing is kept about this address or reference";
  return error.detail.empty() ? error.message.key : error.detail;
}

std::optional<privacy::Erasure> erasure_in(const std::string& line) {
  boost::system::error_code problem;
  const auto value = boost::json::parse(line, problem);
  if (problem || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto* subject = object.if_contains("subject");
  const auto* id = object.if_contains("id");
  const auto* at = object.if_contains("erased_at");
  if (subject == nullptr || id == nullptr || at == nullptr || !subject->is_string() || !id->is_int64() ||
      !at->is_string() || (subject->get_string() != "person" && subject->get_string() != "application"))
    return std::nullopt;
  const auto moment = parse_rfc3339(at->get_string());
  if (!moment) return std::nullopt;
  const bool person = subject->get_string() == "person";
  return privacy::Erasure{person ? privacy::Subject::person : privacy::Subject::application, id->get_int64(), *moment};
}

}  // namespace

int print_inventory() {
  fmt::print("table\tdatabase\tcolumn\tkind\tclass\tkept\tpurpose\n");
  for (const privacy::Column& c : privacy::inventory()) {
    fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", c.table, c.database.empty() ? "both" : c.database, c.name, c.kind,
               c.data_class, c.kept, c.purpose);
  }
  return 0;
}

int export_person(const PrivacyOptions& options) {
  const auto desk = open_desk(options.store, Access::beside);
  if (!desk) return 1;
  const auto target = desk->store.database->read([&](db::Tx& tx) { return privacy::find_target(tx, options.who); });
  if (target.empty()) return complain("nothing is kept about this address or reference");
  if (fs::exists(options.file)) return complain(options.file.string() + " is there already");
  const auto told = privacy::tell_exported(desk->parts, target, audit::By::program());
  if (!told) return complain(sentence(told.error()));
  std::ofstream out(options.file, std::ios::binary);
  fs::permissions(options.file, fs::perms::owner_read | fs::perms::owner_write);
  const auto source = privacy::open_data_export(desk->parts, target);
  for (std::string piece; source->next(piece);) out << piece;
  out.close();
  if (!out) return complain("cannot write " + options.file.string());
  fmt::print("{}: {} applications\n", options.file.string(), target.applications.size());
  return 0;
}

int erase_person(const PrivacyOptions& options) {
  const auto desk = open_desk(options.store, Access::beside);
  if (!desk) return 1;
  const auto target = desk->store.database->read([&](db::Tx& tx) { return privacy::find_target(tx, options.who); });
  if (!options.yes) {
    print_target(target);
    return complain(target.empty() ? "nothing is kept about this address or reference"
                                   : "nothing was erased: say --yes to erase all of this for ever");
  }
  const auto erased = privacy::erase(desk->parts, target, privacy::Why::staff, audit::By::program());
  if (!erased) return complain(sentence(erased.error()));
  purge(*desk);
  fmt::print("erased: {} applications, {} people\n", erased->applications, erased->people);
  return 0;
}

int print_erasures(const StoreConfiguration& store) {
  const auto desk = open_desk(store, Access::read);
  if (!desk) return 1;
  const auto all = desk->store.database->read([](db::Tx& tx) { return privacy::erasures(tx); });
  for (const auto& one : all) {
    fmt::print("{}\n", boost::json::serialize(boost::json::object{
                           {"subject", one.subject == privacy::Subject::person ? "person" : "application"},
                           {"id", one.id},
                           {"erased_at", to_rfc3339(one.erased_at)}}));
  }
  return 0;
}

int apply_erasures(const PrivacyOptions& options) {
  std::ifstream file(options.file);
  if (!file) return complain("cannot read " + options.file.string());
  std::vector<privacy::Erasure> list;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    const auto one = erasure_in(line);
    if (!one) return complain(fmt::format("{}: line {} is no erasure", options.file.string(), list.size() + 1));
    list.push_back(*one);
  }
  return apply_erasures(options.store, list);
}

int apply_erasures(const StoreConfiguration& store, const std::vector<privacy::Erasure>& list) {
  const auto desk = open_desk(store, Access::beside);
  if (!desk) return 1;
  const auto applied = privacy::apply_erasures(desk->parts, list);
  if (!applied) return complain(sentence(applied.error()));
  purge(*desk);
  fmt::print("{} erasures known; erased here: {} applications, {} people\n", list.size(), applied->applications,
             applied->people);
  return 0;
}

}  // namespace bursary::app
