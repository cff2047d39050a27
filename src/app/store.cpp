#include "app/store.h"

namespace bursary::app {

Result<Store> open_store(const StoreConfiguration& configuration, Access access) {
  SystemRandom random;
  auto folder = DataFolder::open(configuration.data, random);
  if (!folder) return fail(std::move(folder).error());
  auto database = open_database(configuration, *folder, access);
  return Store{std::move(*folder), std::move(database)};
}

unsigned node_beside(const StoreConfiguration& configuration, db::Database& database) {
  constexpr unsigned kBesideTheServer = 1023;
  return configuration.database.empty() ? kBesideTheServer : database.node();
}

}  // namespace bursary::app
