// Applications: from the first saved word to the confirmation. The public face of the feature; pages and routes are
// beside it. Lists as public: features/applications/tally.h, features/applications/staff.h,
// features/applications/holder.h, features/applications/people.h, features/applications/portal.h,
// features/applications/changes.h, features/applications/mail.h.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"
#include "db/database.h"
#include "features/applications/holder.h"
#include "features/audit/audit.h"
#include "features/forms/forms.h"
#include "features/programs/programs.h"
#include "web/router.h"

namespace bursary::api {
struct Parts;
}
namespace bursary::defence {
class Defence;
}
namespace bursary::messages {
struct PrivateLink;
}

namespace bursary::applications {

struct FormVersionTag;
using FormVersionId = Id<FormVersionTag>;

// The codes are stored: never renumber. Allowed moves are one table in state.cpp.
enum class State : std::int16_t {
  draft = 0,
  submitted = 1,
  screening = 2,
  in_review = 3,
  decided = 4,
  awarded = 5,
  declined = 6,
  waitlisted = 7,
  returned = 8,
  on_hold = 9,
  withdrawn = 10,
  closed = 11,
  expired = 12,  // a draft whose time ran out; its answers are gone
};
std::string_view to_string(State state);
std::optional<State> state_named(std::string_view name);
using audit::Actor;
bool may_move(State from, State to, Actor by);

// Bits of application.flags and kinds of table `flag`.
enum class Flag : std::int16_t {
  unsupported_country = 0,
  near_duplicate = 1,
  no_proof_of_work = 2,
  honeypot = 3,
  bot_speed = 4,
  ineligible = 5,
  sanctions_list = 6,
  policy_conflict = 7,
  incomplete = 8,
  attention = 9
};
inline constexpr Flag kAllFlags[] = {
    Flag::unsupported_country, Flag::near_duplicate, Flag::no_proof_of_work, Flag::honeypot,   Flag::bot_speed,
    Flag::ineligible,          Flag::sanctions_list, Flag::policy_conflict,  Flag::incomplete, Flag::attention};
std::string_view to_string(Flag flag);
std::optional<Flag> flag_named(std::string_view name);
// Its place in `flags`.
constexpr std::int64_t bit_of(Flag flag) { return std::int64_t{1} << static_cast<int>(flag); }

// The secret that opens one application to whoever holds its link: "<id in base32>-<128 random bits>". Stored hashed;
// looked up by its id part, compared in constant time.
struct LinkSecret {
  std::string text;
  // Random: nobody can tell it again.
  static LinkSecret make(ApplicationId id, Random& random);
  // HMAC of the id under Parts::secret: the server can tell it again, for a reminder or to who sends the same post
  // twice, and neither database nor backup holds it. Another one for each `generation` (Application::link_generation).
  static LinkSecret derive(ApplicationId id, std::string_view secret, std::int64_t generation = 0);
  static std::optional<ApplicationId> id_of(std::string_view text);
  Sha256 hash() const { return sha256(text); }
};

// messages::TellLink of this feature: the address of a draft's or an application's page. Nothing for one that is gone,
// and where Parts::secret is not the one that its link was made with.
struct Parts;
std::optional<std::string> tell_link(const Parts& parts, const messages::PrivateLink& link);

// Lets the holder of `email` find this application once they have logged in. Posts one row; nothing for an empty one.
void list_email(db::Tx& tx, ApplicationId id, std::string_view email);

// What a list row and most rules need; answers are fetched apart.
struct Application {
  ApplicationId id;
  std::string program;
  State state = State::draft;
  std::string reference;
  FormVersionId form_version;
  std::string locale, applicant_name, email, institution, country;
  std::uint64_t flags = 0;
  std::int64_t version = 0;
  Instant created_at, updated_at;
  std::optional<Instant> submitted_at, expires_at;
  std::optional<Instant> moved_at;  // when it came to where it stands; nothing: it was never moved
  std::int64_t queue_id = 0;        // the queue's order; taken from IdSource when submitted, 0 while a draft
  std::int64_t link_generation = 0;
};

struct Submission {
  int number = 1;
  FormVersionId form_version;
  Instant submitted_at;
  forms::Answers answers;
  std::string salt;    // 16 bytes
  std::string digest;  // 32 bytes: answers_digest(salt, canonical JSON of the answers)
};

// Form versions, written once and kept in memory by id.
class FormVersions {
 public:
  explicit FormVersions(db::Database& database) : database_(database) {}
  // Finds or stores the definition; called when a program is loaded.
  FormVersionId keep(const programs::Program& program, IdSource& ids, Instant now);
  // Never null for an id that a row names. The second reads in a transaction that is open already.
  std::shared_ptr<const forms::Definition> get(FormVersionId id);
  std::shared_ptr<const forms::Definition> get(db::Tx& tx, FormVersionId id);
  // Its hash: programs::Program::form_version of the time.
  std::string hash_of(FormVersionId id);
  // Null when this program never had such a form.
  std::shared_ptr<const forms::Definition> find(std::string_view program, std::string_view hash);

 private:
  struct Known {
    std::shared_ptr<const forms::Definition> definition;  // null: nothing known
    std::string hash;
  };
  Known known(FormVersionId id);
  Known load(db::Tx& tx, FormVersionId id);

  db::Database& database_;
  std::mutex mutex_;
  std::map<std::int64_t, Known> known_;
  std::map<std::string, std::int64_t> by_hash_;
};

// "RA-7K3M-Q9XT5": prefix, eight random characters of Crockford's alphabet and a check character (ISO 7064 MOD 37-2
// over them), in groups to be read out on the phone.
std::string make_reference(std::string_view prefix, Random& random);
// The reference as stored, from what somebody typed or read out; nothing when the check character is wrong.
std::optional<std::string> read_reference(std::string_view typed);

// Moves an application on in the caller's transaction, with its event. Error{conflict} where the table of moves has no
// such move, or where somebody moved it meanwhile; Error{not_found} when there is none.
struct Move {
  State to;
  audit::By by;
  std::string_view kind = "moved";           // of the event
  std::string detail = {};                   // members of its detail besides "from" and "to": `"reason":"late"`
  std::optional<State> seen = std::nullopt;  // the state that was decided upon; another one is a conflict
};
Result<State> move(db::Tx& tx, IdSource& ids, Instant now, ApplicationId id, const Move& move);  // from where

// The same for a row that this transaction holds already (`for update`, or SQLite's one writer) and has read: nothing
// is asked again, so that many go to the database together. Each at most once in a transaction.
struct HeldRow {
  ApplicationId id;
  State state{};
  std::string program, areas;
  std::int64_t queue_id = 0;  // 0: never submitted
};
Result<State> move_held(db::Tx& tx, IdSource& ids, Instant now, const HeldRow& held, const Move& move);

// A file taken with a post, already accepted by forms::accept_upload.
struct NewFile {
  std::string question, name, media_type;
  std::string_view bytes;
};

struct Saved {
  ApplicationId id;
  std::int64_t version = 0;
  LinkSecret link;         // set by start_draft
  forms::Answers answers;  // with the files that were taken
  bool repeated = false;   // start_draft with a key that has its draft already: that draft, as it is now
};

// A public key that receipts may be signed with.
struct ReceiptKey {
  std::string id;          // SigningKey::id()
  std::string public_key;  // 32 bytes
};

// How soon others were answered: half of `cases` within so many days of submission.
struct Turnaround {
  std::int64_t days = 0, cases = 0;
};

// What every rule here needs; made once by app/ and handed in.
struct Parts {
  db::Database& database;
  const Clock& clock;
  Random& random;
  IdSource& ids;
  programs::Programs& programs;
  FormVersions& form_versions;
  const SigningKey& signing_key;
  std::string public_address;  // "https://apply.example.org", for links in mail and receipts; no slash at its end
  std::string secret;          // at least 32 bytes, the same on every node: private links and drafts' form tokens
  std::vector<ReceiptKey> retired_keys = {};  // that signed receipts before `signing_key` did
  // What an applicant is told of it, of a program by its slug; one row. Null: they are not told.
  std::function<std::optional<Turnaround>(db::Tx& tx, std::string_view program)> turnaround = nullptr;
};

// Most that a draft's answers may take up, as JSON. Files are limited by their questions.
inline constexpr std::size_t kLargestDraft = std::size_t{1} << 20;

// A draft with its answers, looked up by who holds its link.
struct DraftView {
  Application application;
  std::shared_ptr<const forms::Definition> definition;
  forms::Answers answers;
};
// not_found for a wrong, ended or foreign link and for who does not belong to it, without telling which.
Result<DraftView> find_draft(db::Tx& tx, FormVersions& versions, const Holder& holder, Right right = Right::edit);

// The application of whoever holds it, in any state; not_found as find_draft, Error{forbidden} for who belongs to it
// and has no such right.
struct Held {
  Application application;
  Belonging belonging;
};
Result<Held> find_held(db::Tx& tx, const Holder& holder, Right right);
Result<Application> find_by_link(db::Tx& tx, std::string_view link);
// How a person belongs to it, whose addresses are `verified_emails`; nothing for who does not.
std::optional<Belonging> belonging_of(db::Tx& tx, const Application& application, web::PersonId person,
                                      const std::vector<std::string>& verified_emails);

// A file whole, for who may read its application.
struct KeptFile {
  std::string question, name, media_type, bytes;
};
std::optional<KeptFile> find_file(db::Tx& tx, ApplicationId application, std::string_view token);

// First save: makes a draft and its link. Error{invalid} without fields beyond kLargestDraft, here and below. With a
// `key` from the page the same post twice makes one draft.
Result<Saved> start_draft(const Parts& parts, const programs::Program& program, std::string_view locale,
                          const forms::Answers& answers, const std::vector<NewFile>& files, std::string_view key = {},
                          std::optional<web::PersonId> owner = std::nullopt);
// Later saves. `base_version` is the version that the page was made from: a stale one is Error{conflict} and nothing
// changes (the page then shows both texts).
// The address of an application whose owner is named stays what it is when somebody else saves.
Result<Saved> save_draft(const Parts& parts, const Holder& holder, std::int64_t base_version,
                         const forms::Answers& answers, const std::vector<NewFile>& files);

// Mail that one application may ask for within a day, so that no link becomes a way to pester somebody.
inline constexpr int kMailsADay = 5;
// Sends the draft's link to `email`, which becomes the draft's address. Error{invalid} with the field `_email` for what
// is no address, Error{limit} past kMailsADay; as find_draft otherwise.
Result<void> mail_draft_link(const Parts& parts, const Holder& holder, std::string_view email);

struct SubmitRequest {
  std::string link;                             // empty: straight from the anonymous form, or by `person`
  std::optional<Holder> person = std::nullopt;  // of a draft, who belongs to it
  std::int64_t base_version = 0;                // of the draft
  std::string locale;
  forms::Answers answers;
  std::vector<NewFile> files;
  std::string key;          // from the page; empty: derived from what was sent, if that has an e-mail
  std::uint64_t flags = 0;  // what the flood defence noticed
  // Asked once, when the answers are fit and the time is right, with what names this submission: further flags, or an
  // Error that stops it (not a repetition of what was taken before). Null: nobody is asked.
  std::function<Result<std::uint64_t>(std::string_view key)> judge = nullptr;
  std::shared_ptr<const programs::Program> program = nullptr;  // that the answers were taken by; null: the current one
};
struct Submitted {
  Application application;
  std::string link;       // private link's secret; empty when the same text came again without a key and
                          // so late that it need not be the same person
  bool repeated = false;  // the same post again: nothing was written
};
// One transaction: application, submission, areas, readings, event, message, search backlog. Idempotent by key for at
// least a day; a draft's link is its key. Error{invalid} with the fields; Error{conflict} for a stale draft, and for a
// key that came with other answers before; Error{forbidden} before the opening and after the grace.
Result<Submitted> submit(const Parts& parts, const SubmitRequest& request);

// The submitted application of whoever holds it, with a submission of it.
struct ConfirmationView {
  Application application;
  Submission submission;
  std::shared_ptr<const forms::Definition> definition;
};
// `number`: of the submission; 0: the last.
Result<ConfirmationView> find_confirmation(db::Tx& tx, FormVersions& versions, const Holder& holder, int number = 0);

// Reminds the holders of drafts that end within a week, then ends those whose time is over: answers and files are
// erased, the row says that it was. Also forgets submission keys of days past. One node at a time, each draft a write
// of its own.
struct DraftExpiry {
  int reminded = 0, expired = 0;
};
DraftExpiry run_draft_expiry(const Parts& parts, int limit);

// SHA-256 of salt and canonical answers (docs/formats/receipt.md).
Sha256 answers_digest(std::string_view salt16, std::string_view canonical_answers);

// What a receipt says, and whether it holds (docs/formats/receipt.md). Never throws on any input.
struct ReceiptCheck {
  enum class Finding { holds, not_a_receipt, unknown_key, bad_signature };
  Finding finding = Finding::not_a_receipt;
  std::string program, reference, form_version, submitted_at, digest, issuer, key_id;  // as the receipt says
  // Of a receipt that carries its answers: whether they are what was submitted; nothing for one without.
  std::optional<bool> answers_match;
  std::string answers;  // their canonical JSON, when they match
};
ReceiptCheck verify_receipt(std::string_view text, const std::vector<ReceiptKey>& keys);
// The document of /.well-known/bursary-receipt-keys.json, and back (for who verifies offline).
std::string receipt_keys_json(const std::vector<ReceiptKey>& keys);
Result<std::vector<ReceiptKey>> receipt_keys_from_json(std::string_view json);

// /apply (POST), /draft/…, /application/…, /receipt, /.well-known/bursary-receipt-keys.json. `parts` and `defence`
// outlive the router.
void add_routes(web::Router& router, const Parts& parts, defence::Defence& defence);
// /api/v1/program….
void add_api_routes(web::Router& router, const Parts& parts, const api::Parts& api);

}  // namespace bursary::applications
