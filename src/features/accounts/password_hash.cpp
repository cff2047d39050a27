#include "features/accounts/password_hash.h"

#include <sodium.h>
#include <zxcvbn.h>

#include <stdexcept>

#include "base/text.h"

namespace bursary::accounts {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{19} * 1024 * 1024;
constexpr double kFewestBits = 36;      // some 10^11 tries
constexpr std::size_t kLookedAt = 100;  // bytes: what comes behind makes it no worse
constexpr std::string_view kProduct[] = {"bursary", "researcher", "console"};

// Of no password: it is compared with in place of one that is not there.
const std::string& nobody() {
  static const std::string hash = hash_password("no password is this one");
  return hash;
}

double bits_of(std::string_view password, const std::vector<std::string>& own) {
  std::vector<const char*> words;
  words.reserve(own.size() + std::size(kProduct) + 1);
  for (const std::string& word : own) words.push_back(word.c_str());
  for (const std::string_view word : kProduct) words.push_back(word.data());
  words.push_back(nullptr);
  return ZxcvbnMatch(std::string(password.substr(0, kLookedAt)).c_str(), words.data(), nullptr);
}

}  // namespace

Result<void> check_new_password(std::string_view password, const std::vector<std::string>& own) {
  const std::size_t length = count_characters(password);
  if (length < kShortestPassword)
    return fail(ErrorKind::invalid, Phrase("accounts.password.short", {{"least", std::to_string(kShortestPassword)}}));
  if (length > kLongestPassword)
    return fail(ErrorKind::invalid, Phrase("accounts.password.long", {{"most", std::to_string(kLongestPassword)}}));
  if (bits_of(password, own) < kFewestBits) return fail(ErrorKind::invalid, "accounts.password.common");
  return {};
}

std::string hash_password(std::string_view password) {
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(hash, password.data(), password.size(), kPasses, kMemory, crypto_pwhash_ALG_ARGON2ID13) !=
      0)
    throw std::runtime_error("no memory to hash a password");
  return hash;
}

bool password_holds(const std::string& hash, std::string_view password) {
  const std::string& against = hash.empty() ? nobody() : hash;
  const bool same = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !hash.empty();
}

bool wants_new_hash(const std::string& hash) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), kPasses, kMemory) != 0;
}

}  // namespace bursary::accounts
