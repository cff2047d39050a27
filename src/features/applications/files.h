// Uploads: kept in pieces inside the transaction that names them in the answers. Private.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "features/applications/applications.h"

namespace bursary::applications {

// A file with the name it has inside its application. The name follows from question, file name and content, so the
// same post gives the same answers each time; it grants nothing without the application's link.
struct NamedFile {
  NewFile file;
  std::string token;
  Sha256 sha256{};
};
std::vector<NamedFile> name_files(const std::vector<NewFile>& files);
// `answers` with `files` added to their questions; what is there already by its token stays as it is.
forms::Answers with_files(const forms::Answers& answers, const std::vector<NamedFile>& files);
// Tokens of every file in `answers`.
std::set<std::string, std::less<>> files_named(const forms::Answers& answers);

// Writes those of `files` that the application lacks, and drops what `named` does not name.
void write_files(db::Tx& tx, IdSource& ids, Instant now, ApplicationId application, const std::vector<NamedFile>& files,
                 const std::set<std::string, std::less<>>& named, bool is_new);

}  // namespace bursary::applications
