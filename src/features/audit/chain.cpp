#include "features/audit/chain.h"

#include <fmt/format.h>

#include <charconv>

#include "features/audit/chain.sql.h"
#include "features/audit/chain_row.h"

namespace bursary::audit {

namespace chain_sql = sql::audit::chain;

namespace {

constexpr std::size_t kHexLength = 64;
constexpr std::int64_t kMostCounted = 100'000;

std::string number_or_dash(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : std::string("-");
}

}  // namespace

std::string to_string(const Head& head) { return fmt::format("{}:{}", head.number, to_hex(bytes_of(head.hash))); }

std::optional<Head> read_head(std::string_view text) {
  Head head;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), head.number);
  if (problem != std::errc{} || head.number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.size() != kHexLength + 1 || text.front() != ':') return std::nullopt;
  const auto bytes = from_hex(text.substr(1));
  if (!bytes) return std::nullopt;
  std::ranges::copy(*bytes, head.hash.begin());
  return head;
}

Head sealed(const Head& previous, Instant sealed_at, const StoredEvent& event) {
  // The detail comes last: it alone may hold anything.
  const std::string text = fmt::format(
      "bursary-audit-1\nnumber: {}\nprevious: {}\nsealed_at: {}\nevent: {}\napplication: {}\nkind: {}\n"
      "actor_kind: {}\nactor: {}\nat: {}\ndetail: {}\n",
      previous.number + 1, to_hex(bytes_of(previous.hash)), sealed_at.micros, event.id,
      number_or_dash(event.application), event.kind, event.actor_kind, number_or_dash(event.actor), event.at.micros,
      event.detail);
  return {previous.number + 1, sha256(text)};
}

StoredEvent event_of(const db::Row& row, std::size_t first) {
  return {row.integer(first),           row.maybe_integer(first + 1), row.text(first + 2), row.integer(first + 3),
          row.maybe_integer(first + 4), row.instant(first + 5),       row.text(first + 6)};
}

std::optional<Sha256> hash_of(std::string_view bytes) {
  Sha256 hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::ranges::copy(bytes, hash.begin());
  return hash;
}

ChainState chain_state(db::Tx& tx) {
  ChainState state;
  if (const auto row = tx.find(chain_sql::last_seal)) {
    state.head = {row->integer(0), hash_of(row->bytes(1)).value_or(Sha256{})};
    state.sealed_at = row->instant(2);
  }
  state.waiting = tx.query(chain_sql::count_waiting, kMostCounted).at(0).integer(0);
  return state;
}

}  // namespace bursary::audit
