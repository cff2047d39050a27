#include "features/applications/holder.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "features/applications/holder.sql.h"
#include "features/applications/rows.h"

namespace bursary::applications {

namespace holder_sql = sql::applications::holder;

std::string_view to_string(Relation relation) {
  switch (relation) {
    case Relation::owner:
      return "owner";
    case Relation::co_editor:
      return "co_editor";
    case Relation::investigator:
      return "investigator";
  }
  return "unknown";
}

bool Belonging::may(Right right) const {
  switch (right) {
    case Right::read:
      return true;
    case Right::edit:
      return relation != Relation::investigator;
    case Right::submit:
      return relation == Relation::owner || (relation == Relation::co_editor && may_submit);
    case Right::own:
      return relation == Relation::owner;
  }
  return false;
}

std::optional<ApplicationId> Holder::application() const {
  return person_ ? std::optional(application_) : LinkSecret::id_of(link_);
}

Holder holder_in(const web::Context& context) {
  const std::string& link = context.path_value("link");
  if (!link.empty() || !context.viewer.person) return link;
  return {*context.viewer.person, context.viewer.emails,
          ApplicationId{read_row_number(context.path_value("application"))}};
}

std::optional<Belonging> belonging_of(db::Tx& tx, const Application& application, web::PersonId person,
                                      const std::vector<std::string>& verified_emails) {
  if (verified_emails.empty()) return std::nullopt;
  if (const auto row = tx.find(holder_sql::belonging, application.id, person))
    return Belonging{static_cast<Relation>(row->integer(0)), row->boolean(1)};
  const std::string email = to_lower_ascii(application.email);
  if (email.empty() || std::ranges::find(verified_emails, email) == verified_emails.end()) return std::nullopt;
  if (tx.find(holder_sql::has_owner, application.id)) return std::nullopt;
  return Belonging{};
}

Result<Held> find_held(db::Tx& tx, const Holder& holder, Right right) {
  const std::optional<ApplicationId> id = holder.application();
  std::optional<StoredApplication> stored = id ? load_application(tx, *id) : std::nullopt;
  if (!stored) return no_such_link();
  std::optional<Belonging> belonging;
  if (const auto& person = holder.person())
    belonging = belonging_of(tx, stored->application, *person, holder.emails());
  else if (same_secret(stored->link_hash, bytes_of(sha256(holder.link()))))
    belonging = Belonging{};
  if (!belonging) return no_such_link();
  if (!belonging->may(right)) return fail(ErrorKind::forbidden, "applications.problem.not_yours");
  return Held{std::move(stored->application), *belonging};
}

}  // namespace bursary::applications
