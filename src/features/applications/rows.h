// Rows of this feature's tables as values. Private.
#pragma once
#include <optional>
#include <string>

#include "db/database.h"
#include "features/applications/applications.h"

namespace bursary::applications {

struct StoredApplication {
  Application application;
  std::string link_hash;
};
// Without asking who may: for rules that have settled it.
std::optional<StoredApplication> load_application(db::Tx& tx, ApplicationId id);
// Its private link, where the server can tell it: not one of before secrets/links was lost or changed.
std::optional<std::string> tellable_link(const Parts& parts, const StoredApplication& stored);
std::optional<Submission> load_last_submission(db::Tx& tx, ApplicationId id);
// What a row holds was written by us: throws when it cannot be read.
forms::Answers stored_answers(const std::string& json);

// The address that somebody who is not the owner leaves as it is; nothing where they may change it.
std::optional<std::string> kept_address(db::Tx& tx, const Holder& holder, const DraftView& draft);

// For a wrong, ended or foreign link, without telling which.
[[nodiscard]] tl::unexpected<Error> no_such_link();

}  // namespace bursary::applications
