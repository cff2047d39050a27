#include "app/store.h"

#include "app/commands.h"
#include "db/migrate.h"

namespace bursary::app {

Result<Store> open_store(const StoreConfiguration& configuration, Access access) {
  SystemRandom random;
  // A mistyped --data must not become an empty installation that looks healthy.
  if (access != Access::serve && !holds_data(configuration))
    return fail(ErrorKind::not_found, "app.problem.no_data",
                configuration.data.string() + " holds no data of Bursary: is --data right?");
  auto folder = DataFolder::open(configuration.data, random);
  if (!folder) return fail(std::move(folder).error());
  auto database = open_database(configuration, *folder, access);
  return Store{std::move(*folder), std::move(database)};
}

std::optional<Store> open_known(const StoreConfiguration& configuration, Access access) {
  auto store = open_store(configuration, access);
  if (!store) {
    complain(store.error().detail);
    return std::nullopt;
  }
  if (const auto state = db::migration_state(*store->database); state.have != state.want) {
    complain("the database is not of this version: run `bursary migrate` first");
    return std::nullopt;
  }
  return std::move(*store);
}

bool holds_data(const StoreConfiguration& configuration) {
  const bool embedded = configuration.database.empty();
  return std::filesystem::exists(configuration.data / (embedded ? "bursary.db" : "secrets"));
}

unsigned node_beside(const StoreConfiguration& configuration, db::Database& database) {
  constexpr unsigned kBesideTheServer = 1023;
  return configuration.database.empty() ? kBesideTheServer : database.node();
}

}  // namespace bursary::app
