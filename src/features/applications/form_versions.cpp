#include <stdexcept>

#include "features/applications/applications.h"
#include "features/applications/form_versions.sql.h"

namespace bursary::applications {

namespace form_versions_sql = sql::applications::form_versions;

FormVersionId FormVersions::keep(const programs::Program& program, IdSource& ids, Instant now) {
  const std::string name = program.slug + '\n' + program.form_version;
  {
    const std::lock_guard lock(mutex_);
    const auto known = by_hash_.find(name);
    if (known != by_hash_.end()) return {known->second};
  }
  const std::string definition = forms::to_json(program.form);
  const FormVersionId fresh = ids.next<FormVersionTag>();
  const Result<std::int64_t> stored = database_.write([&](db::Tx& tx) -> Result<std::int64_t> {
    auto row = tx.find(form_versions_sql::find_by_hash, program.slug, program.form_version);
    if (!row) {
      tx.execute(form_versions_sql::keep, fresh, program.slug, program.form_version, definition, now);
      row = tx.find(form_versions_sql::find_by_hash, program.slug, program.form_version);
    }
    return row.value().integer(0);
  });
  if (!stored) throw db::DatabaseBroken("a form version could not be stored: " + stored.error().detail);
  const std::lock_guard lock(mutex_);
  by_hash_[name] = *stored;
  known_[*stored] = {std::make_shared<const forms::Definition>(program.form), program.form_version};
  return {*stored};
}

FormVersions::Known FormVersions::known(FormVersionId id) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(id.value);
  return found == known_.end() ? Known{} : found->second;
}

FormVersions::Known FormVersions::load(db::Tx& tx, FormVersionId id) {
  if (Known there = known(id); there.definition) return there;
  const auto row = tx.find(form_versions_sql::get, id);
  if (!row) throw std::logic_error("no form version has the id that a row names");
  Result<forms::Definition> definition = forms::definition_from_json(row->text(0));
  if (!definition) throw std::runtime_error("a stored form version cannot be read: " + definition.error().detail);
  Known loaded{std::make_shared<const forms::Definition>(std::move(*definition)), row->text(1)};
  const std::lock_guard lock(mutex_);
  return known_.try_emplace(id.value, std::move(loaded)).first->second;
}

std::shared_ptr<const forms::Definition> FormVersions::get(db::Tx& tx, FormVersionId id) {
  return load(tx, id).definition;
}

std::shared_ptr<const forms::Definition> FormVersions::get(FormVersionId id) {
  if (Known there = known(id); there.definition) return there.definition;
  return database_.read([&](db::Tx& tx) { return load(tx, id); }).definition;
}

std::string FormVersions::hash_of(FormVersionId id) {
  if (Known there = known(id); there.definition) return there.hash;
  return database_.read([&](db::Tx& tx) { return load(tx, id); }).hash;
}

std::shared_ptr<const forms::Definition> FormVersions::find(std::string_view program, std::string_view hash) {
  if (hash.size() != 64) return nullptr;
  return database_.read([&](db::Tx& tx) -> std::shared_ptr<const forms::Definition> {
    const auto row = tx.find(form_versions_sql::find_by_hash, program, hash);
    return row ? load(tx, row->id<FormVersionId>(0)).definition : nullptr;
  });
}

}  // namespace bursary::applications
