// A backup is a folder: bursary.db (one consistent copy), secrets/, manifest.json with the SHA-256 of each file and the
// rows of each table. Restoring checks all of it before anything of the data folder is touched.
#include <sys/stat.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "app/commands.h"
#include "app/house.h"
#include "db/migrate.h"
#include "db/row_counts.h"
#include "features/privacy/privacy.h"

namespace bursary::app {
namespace {

namespace fs = std::filesystem;

std::string file_hash(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  Sha256Stream hash;
  std::vector<char> block(1u << 20);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    hash.add({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  return to_hex(bytes_of(hash.finish()));
}

boost::json::object count_rows(const fs::path& database) {
  db::SqliteOptions options;
  options.path = database.string();
  options.read_only = true;
  const auto opened = db::open_sqlite(options);
  boost::json::object counts;
  for (const auto& [table, rows] : db::row_counts(*opened)) counts[table] = rows;
  return counts;
}

std::vector<fs::path> secret_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

boost::json::object make_manifest(const fs::path& backup) {
  boost::json::object files;
  files["bursary.db"] = file_hash(backup / "bursary.db");
  for (const auto& file : secret_files(backup / "secrets"))
    files["secrets/" + file.filename().string()] = file_hash(file);
  boost::json::object manifest;
  manifest["bursary"] = BURSARY_VERSION;
  manifest["made_at"] = to_rfc3339(SystemClock().now());
  manifest["files"] = std::move(files);
  manifest["rows"] = count_rows(backup / "bursary.db");
  return manifest;
}

// Empty: the backup is what its manifest says.
std::string difference(const fs::path& named) {
  const fs::path backup = fs::absolute(named).lexically_normal();
  std::ifstream in(backup / "manifest.json");
  boost::system::error_code problem;
  const auto manifest = boost::json::parse(std::string((std::istreambuf_iterator<char>(in)), {}), problem);
  if (problem || !manifest.is_object()) return "manifest.json cannot be read";
  const auto* files = manifest.as_object().if_contains("files");
  const auto* rows = manifest.as_object().if_contains("rows");
  if (files == nullptr || !files->is_object() || rows == nullptr) return "manifest.json is not whole";
  if (!files->as_object().contains("bursary.db")) return "manifest.json names no database";
  for (const auto& [name, hash] : files->as_object()) {
    const fs::path path = (backup / std::string(name)).lexically_normal();
    if (path.lexically_relative(backup).string().starts_with(".."))
      return std::string(name) + " is outside of the backup";
    if (!fs::exists(path)) return std::string(name) + " is missing";
    if (!hash.is_string() || file_hash(path) != hash.as_string())
      return std::string(name) + " is not what was backed up";
  }
  if (count_rows(backup / "bursary.db") != *rows) return "the tables do not hold the rows that were backed up";
  return {};
}

// What was erased in the database that is about to be put aside. Throws when a process serves it.
std::vector<privacy::Erasure> erasures_of(const fs::path& database) {
  db::SqliteOptions alone;
  alone.path = database.string();
  const auto opened = db::open_sqlite(alone);
  if (!db::row_counts(*opened).contains("erasure")) return {};  // from before there were any
  return opened->read([](db::Tx& tx) { return privacy::erasures(tx); });
}

// What was erased after the backup was made is erased in it too.
int honour(const StoreConfiguration& store, const std::vector<privacy::Erasure>& erased) {
  if (const int code = migrate_store(store); code != 0) return code;
  return apply_erasures(store, erased);
}

}  // namespace

int back_up(const StoreConfiguration& store, const fs::path& to) {
  if (!store.database.empty()) {
    return complain(
        "PostgreSQL has its own tools: pg_dump --format=custom, or continuous archiving; see docs/operators.md");
  }
  SystemRandom random;
  if (!fs::exists(store.data / "bursary.db")) return complain(store.data.string() + " holds no database");
  auto folder = DataFolder::open(store.data, random);
  if (!folder) return complain(folder.error().detail);
  if (fs::exists(to)) return complain(to.string() + " is there already");
  fs::path target = fs::absolute(to).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();  // "folder/", as a shell completes it
  const fs::path fresh = target.string() + ".part";
  ::umask(077);
  fs::remove_all(fresh);
  fs::create_directories(fresh / "secrets");
  fs::permissions(fresh, fs::perms::owner_all);
  const auto database = open_database(store, *folder, Access::read);
  if (const auto copied = database->backup_to((fresh / "bursary.db").string()); !copied)
    return complain(copied.error().detail);
  for (const auto& file : secret_files(folder->path() / "secrets"))
    fs::copy_file(file, fresh / "secrets" / file.filename());
  const auto manifest = make_manifest(fresh);
  std::ofstream(fresh / "manifest.json") << boost::json::serialize(manifest) << "\n";
  fs::rename(fresh, target);
  fmt::print("{}: {} applications, checked\n", to.string(),
             boost::json::serialize(manifest.at("rows").at("application")));
  return 0;
}

int restore(const StoreConfiguration& store, const fs::path& from, bool replace) {
  if (!store.database.empty()) return complain("PostgreSQL has its own tools: pg_restore; see docs/operators.md");
  ::umask(077);
  const fs::path source = fs::absolute(from).lexically_normal();
  if (const std::string wrong = difference(source); !wrong.empty()) return complain(from.string() + ": " + wrong);
  fs::path target = fs::absolute(store.data).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  const fs::path fresh = target.string() + ".restoring";
  if (fs::exists(target / "bursary.db") && !replace) {
    return complain(target.string() + " holds a database already: --replace puts it aside");
  }
  fs::remove_all(fresh);
  fs::copy(source, fresh, fs::copy_options::recursive);
  fs::permissions(fresh, fs::perms::owner_all);
  if (const std::string wrong = difference(fresh); !wrong.empty()) return complain("while copying: " + wrong);
  fs::remove(fresh / "manifest.json");
  std::vector<privacy::Erasure> erased;
  if (fs::exists(target)) {
    if (fs::exists(target / "bursary.db")) erased = erasures_of(target / "bursary.db");
    const fs::path aside = target.string() + ".before-" + to_rfc3339(SystemClock().now());
    fs::rename(target, aside);
    fmt::print("what was there is now {}\n", aside.string());
  }
  fs::rename(fresh, target);
  fmt::print("{}: restored and checked\n", target.string());
  return erased.empty() ? 0 : honour(store, erased);
}

}  // namespace bursary::app
