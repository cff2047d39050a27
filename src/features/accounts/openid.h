// OpenID providers: where people are sent, and what comes back for the code that they bring. Asks the provider by a
// web::Fetcher; keeps what it published for a while. Lists as public with accounts.h, for app/ to make one.
//
// Invariants
//   - Authorization code flow with PKCE (RFC 7636), state and nonce; nothing of an attempt is kept here or in a row:
//   its
//     secrets are made of a random id in the browser's cookie and the installation's secret.
//   - What a provider says is believed only as a signed ID token (id_token.h) for exactly this attempt.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "web/outside.h"

namespace bursary::accounts {

// One of the operator's file (docs/operators.md).
struct Provider {
  std::string key;   // in addresses: "orcid"
  std::string name;  // on buttons: "ORCID"
  std::string issuer, client_id, client_secret;
  std::string scopes = "openid email profile";
  bool trust_email = false;      // an address that it calls verified is one
  bool staff = false;            // it asks for a second factor, so that its people may enter the console
  bool private_network = false;  // it stands behind the firewall
};

struct Claims;

// What belongs to one attempt.
struct AttemptSecrets {
  std::string state, nonce, verifier;
};

class OpenIdProviders {
 public:
  OpenIdProviders(std::vector<Provider> providers, web::Fetcher& fetcher, const Clock& clock);

  const std::vector<Provider>& all() const { return providers_; }
  const Provider* find(std::string_view key) const;
  // Where to send the browser.
  Result<std::string> authorization_address(const Provider& provider, const AttemptSecrets& secrets,
                                            std::string_view back) const;
  // What the provider says of whoever brought `code`. Error{forbidden} when it says nothing that may be believed.
  Result<Claims> redeem(const Provider& provider, std::string_view code, const AttemptSecrets& secrets,
                        std::string_view back) const;

 private:
  struct Published {
    std::string authorization, token, keys_address;
    bool secret_in_body = false;
    std::string keys;  // a JSON Web Key Set
    Instant read_at, keys_read_at;
  };
  Result<Published> published(const Provider& provider) const;
  Result<Published> discover(const Provider& provider) const;
  Result<std::string> fetch_text(const Provider& provider, const std::string& url) const;
  Result<std::string> id_token(const Provider& provider, const Published& about, std::string_view code,
                               const AttemptSecrets& secrets, std::string_view back) const;

  std::vector<Provider> providers_;
  web::Fetcher& fetcher_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Published> published_;  // by key
};

}  // namespace bursary::accounts
