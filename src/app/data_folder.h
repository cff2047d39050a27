// The data folder: the embedded database, the secrets, the mail that is kept as files, caches. Everything that has to
// be backed up is in here, or in PostgreSQL.
//
//   bursary.db         the embedded database
//   secrets/           one secret a file, 32 bytes in hex, readable by the owner alone
//     form             key of anti-forgery tokens and proof-of-work challenges
//     links            key of the private links of drafts and applications: without it none can be mailed again
//     receipt          seed of the Ed25519 key that signs receipts; receipt.<id> are earlier ones, kept to verify
//   mail/              a Maildir, when no mail server is configured
//   cache/             precompressed pages; may be deleted at any time
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/random.h"
#include "base/result.h"

namespace bursary::app {

struct Secrets {
  std::string form;                         // 32 bytes
  std::string links;                        // 32 bytes
  SigningKey receipt;                       // signs
  std::vector<SigningKey> earlier_receipt;  // verify only
};

class DataFolder {
 public:
  // Makes the folder (0700) and what is missing in it. An Error says what an operator must mend: a secret that others
  // can read, one that is too short or all zeros, a folder that cannot be written.
  static Result<DataFolder> open(const std::filesystem::path& path, Random& random);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path database() const { return path_ / "bursary.db"; }
  std::filesystem::path mail() const { return path_ / "mail"; }
  std::filesystem::path cache() const { return path_ / "cache"; }
  const Secrets& secrets() const { return secrets_; }

 private:
  std::filesystem::path path_;
  Secrets secrets_;
};

}  // namespace bursary::app
