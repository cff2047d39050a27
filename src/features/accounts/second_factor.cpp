#include "features/accounts/second_factor.h"

#include <oath.h>

#include <cstdlib>
#include <memory>

#include "base/crypto.h"
#include "base/derived_secret.h"
#include "features/accounts/second_factor.sql.h"
#include "web/form_data.h"

namespace bursary::accounts {
namespace {

namespace second_factor_sql = sql::accounts::second_factor;

constexpr std::size_t kAppSecretBytes = 20;  // RFC 4226 section 4
constexpr std::size_t kDigits = 6;
constexpr std::size_t kRecoveryBytes = 10;  // 80 bits: 16 characters
constexpr std::size_t kGroup = 4;

std::string app_secret(const Parts& parts, std::int64_t id) {
  const Sha256 made = hmac_sha256(parts.secret, fmt::format("bursary code app 1\n{}", id));
  return std::string(bytes_of(made).substr(0, kAppSecretBytes));
}

std::string rfc_base32(const std::string& bytes) {
  char* out = nullptr;
  std::size_t size = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &out, &size) != OATH_OK) throw std::runtime_error("no base 32");
  const std::unique_ptr<char, void (*)(void*)> owner(out, std::free);
  return {out, size};
}

std::string only_digits(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

// The person's id is in it, so that equal codes of two people look different.
Sha256 recovery_hash(web::PersonId person, std::string_view typed) {
  return sha256(fmt::format("bursary recovery code\n{}\n{}", person.value, typed_code(typed)));
}

}  // namespace

CodeAppSecret code_app_secret(const Parts& parts, std::int64_t id, std::string_view issuer, std::string_view account) {
  std::string typed = rfc_base32(app_secret(parts, id));
  while (typed.ends_with('=')) typed.pop_back();
  std::string uri = fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", web::percent_encode(issuer),
                                web::percent_encode(account), typed, web::percent_encode(issuer));
  for (std::size_t at = kGroup; at < typed.size(); at += kGroup + 1) typed.insert(at, " ");
  return {std::move(typed), std::move(uri)};
}

std::optional<std::int64_t> step_of_code(const Parts& parts, std::int64_t id, std::string_view typed, Instant now) {
  const std::string digits = only_digits(typed);
  if (digits.size() != kDigits) return std::nullopt;
  const std::string secret = app_secret(parts, id);
  const std::int64_t seconds = now.micros / 1'000'000;
  int position = 0;
  const int found =
      oath_totp_validate2(secret.data(), secret.size(), static_cast<time_t>(seconds), OATH_TOTP_DEFAULT_TIME_STEP_SIZE,
                          OATH_TOTP_DEFAULT_START_TIME, 1, &position, digits.c_str());
  if (found < 0) return std::nullopt;
  return seconds / OATH_TOTP_DEFAULT_TIME_STEP_SIZE + position;
}

bool take_code(db::Tx& tx, const Parts& parts, web::PersonId person, std::string_view typed) {
  const Instant now = parts.clock.now();
  if (const auto app = tx.find(second_factor_sql::app, person)) {
    if (const auto step = step_of_code(parts, app->integer(0), typed, now))
      return tx.execute(second_factor_sql::take_step, *step, person) == 1;
  }
  const Sha256 hash = recovery_hash(person, typed);
  return tx.execute(second_factor_sql::take_recovery_code, now, person, db::BytesView{bytes_of(hash)}) == 1;
}

std::vector<std::string> make_recovery_codes(db::Tx& tx, const Parts& parts, web::PersonId person) {
  tx.post(second_factor_sql::forget_recovery_codes, person);
  std::vector<std::string> codes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    std::uint8_t bytes[kRecoveryBytes];
    parts.random.fill(bytes);
    std::string code = to_base32({static_cast<const char*>(static_cast<const void*>(bytes)), sizeof bytes});
    for (std::size_t at = kGroup; at < code.size(); at += kGroup + 1) code.insert(at, "-");
    const Sha256 hash = recovery_hash(person, code);
    tx.post(second_factor_sql::insert_recovery_code, person, db::BytesView{bytes_of(hash)});
    codes.push_back(std::move(code));
  }
  return codes;
}

}  // namespace bursary::accounts
