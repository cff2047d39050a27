#include "features/api/keys.h"

#include <algorithm>

#include "base/text.h"
#include "features/api/keys.sql.h"

namespace bursary::api {
namespace {

namespace keys_sql = sql::api::keys;

constexpr std::string_view kHeader = "Idempotency-Key";
constexpr std::size_t kLongestKey = 255;

// As it stands, or as the draft writes it: in quotes.
std::string_view unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
  return text.substr(1, text.size() - 2);
}

std::int64_t lines_named(const web::Headers& headers, std::string_view name) {
  const std::string wanted = to_lower_ascii(name);
  return std::ranges::count_if(headers.lines(), [&](const auto& line) { return to_lower_ascii(line.first) == wanted; });
}

Sha256 request_of(const web::Request& request) {
  Sha256Stream hash;
  for (const std::string_view part : {web::to_string(request.method), std::string_view(request.path)}) {
    hash.add(part);
    hash.add(std::string_view("\0", 1));
  }
  hash.add(request.query);
  hash.add(std::string_view("\0", 1));
  hash.add(request.body_bytes());
  return hash.finish();
}

}  // namespace

Result<std::optional<Key>> read_key(const Call& call) {
  const web::Headers& headers = call.request.headers;
  if (call.request.method != web::Method::post || !headers.has(kHeader)) return std::nullopt;
  const std::string_view key = unquoted(call.request.header(kHeader));
  const bool printable = std::ranges::all_of(key, [](char c) { return c > ' ' && c < 127; });
  if (key.empty() || key.size() > kLongestKey || !printable || lines_named(headers, kHeader) != 1)
    return fail(ErrorKind::invalid, "problem.api.request.key");
  return Key{call.context.viewer.token, sha256(key), request_of(call.request)};
}

Result<std::optional<Outcome>> take_key(db::Tx& tx, const Key& key, Instant now) {
  const db::BytesView named{bytes_of(key.key)}, request{bytes_of(key.request)};
  if (const auto row = tx.find(keys_sql::find, key.token, named)) {
    if (row->bytes(0) != bytes_of(key.request)) return fail(ErrorKind::invalid, "problem.api.key_reused");
    return Outcome{static_cast<int>(row->integer(1)), row->text(3), row->text(2), true};
  }
  if (tx.query(keys_sql::count, key.token, kMostKeys).at(0).integer(0) >= kMostKeys)
    return fail(ErrorKind::limit, Phrase("problem.api.key_limit", {{"limit", std::to_string(kMostKeys)}}));
  tx.execute(keys_sql::take, key.token, named, request, now);
  return std::nullopt;
}

void keep_answer(db::Tx& tx, const Key& key, const Outcome& outcome) {
  tx.post(keys_sql::keep, outcome.status, outcome.etag, outcome.body, key.token, db::BytesView{bytes_of(key.key)});
}

std::int64_t forget_keys(const Parts& parts, int limit) {
  const auto forgotten = parts.database.write([&](db::Tx& tx) -> Result<std::int64_t> {
    std::int64_t count = 0;
    for (const db::Row row : tx.query(keys_sql::over, parts.clock.now() - kKeyLife, limit)) {
      const std::string key(row.bytes(1));
      count += tx.execute(keys_sql::forget, row.integer(0), db::BytesView{key});
    }
    return count;
  });
  return forgotten ? *forgotten : 0;
}

}  // namespace bursary::api
