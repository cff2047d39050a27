// What account.html, code_app.html, recovery_codes.html, confirm.html and second_factor.html show.
#pragma once
#include <string>
#include <vector>

#include "base/phrase.h"
#include "features/site/passkey_view.h"
#include "html/writer.h"

namespace bursary::accounts {

struct PasskeyView {
  std::int64_t id = 0;
  std::string name, facts;  // "added on 3 March 2026, last used …"
};
struct SessionView {
  std::int64_t id = 0;
  std::string browser, facts;
  Phrase method;
  bool current = false;
};
struct AddressView {
  std::string email;
  bool only = false;  // then it cannot be removed
};
struct IdentityView {
  std::string provider, issuer, subject, facts;
};
struct ProviderView {
  std::string key, name;
};
// A field of this page that was refused, with what was typed.
struct RefusedView {
  std::string field, problem, typed;
};

struct AccountView {
  std::string name, form_token;
  Phrase done;  // what was just done; empty: nothing
  RefusedView refused;
  bool staff = false;
  // There is more than mail, and this session has not shown it lately: what follows is to be looked at only.
  bool must_confirm = false;
  bool weak_staff = false;  // staff who came in by mail: the console stays closed to them until they come in by more
  bool by_mail = false;
  std::vector<AddressView> addresses;
  std::string address_code;  // of an address that waits for its code: its ceremony
  std::string address_asked;
  std::vector<PasskeyView> passkeys;
  bool password = false;
  Phrase recovery_codes;
  std::vector<IdentityView> identities;
  std::vector<ProviderView> providers;  // that may be connected
  std::vector<SessionView> sessions;
};

// Squares that a phone's camera reads: the dark ones, each a unit wide, as one path.
struct CodePictureView {
  int side = 0;  // of the whole, with its margin
  std::string path;
};

struct CodeAppView {
  std::string form_token, path;  // path: where the form posts
  CodePictureView picture;       // the app's secret as squares
  std::string typed;             // to be typed where no camera is
  std::string uri;
  RefusedView refused;
};

struct RecoveryCodesView {
  std::vector<std::string> codes;
};

struct ConfirmView {
  std::string form_token, next;
  bool passkey = false, password = false;
  RefusedView refused;
};

struct SecondFactorView {
  bool awaited = false;
  std::string problem;
};

}  // namespace bursary::accounts
