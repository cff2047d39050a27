#include <algorithm>
#include <limits>

#include "features/audit/event_kind.h"
#include "features/audit/event_words.h"
#include "features/audit/pages.h"
#include "features/audit/trail.html.h"
#include "features/audit/trail.sql.h"
#include "features/audit/trail_address.h"
#include "features/audit/trail_view.h"
#include "features/site/site.h"

namespace bursary::audit {
namespace {

constexpr std::size_t kPageSize = 50;
constexpr std::string_view kTrailPage = "/staff/audit";

struct Found {
  TrailAddress address;
  std::vector<TrailRow> rows;  // one more than a page where there are more
  ChainState chain;
  std::vector<AddressChoice> addresses;
};

Found look(db::Tx& tx, const web::Request& request) {
  Found found;
  found.address = read_address(tx, request);
  found.chain = chain_state(tx);
  for (const db::Row row : tx.query(sql::audit::trail::staff_addresses))
    found.addresses.push_back({row.text(0), row.text(1)});
  if (found.address.problems.empty())
    found.rows = read_trail(tx, found.address.filter, found.address.before, kPageSize + 1);
  return found;
}

TrailRowView row_view(const TrailRow& row, const web::Context& context) {
  const html::Phrasebook& phrases = context.phrases;
  TrailRowView view;
  view.at = to_rfc3339(row.event.at);
  view.at_text = phrases.date_time(row.event.at);
  EventWords words = words_of(row.event, phrases);
  view.what = std::move(words.what);
  view.more = std::move(words.more);
  view.who = row.person.empty() ? phrases.text(actor_words(row.event.actor_kind)) : row.person;
  if (row.event.actor) view.who_href = fmt::format("{}?who={}", kTrailPage, *row.event.actor);
  view.reference = row.reference;
  if (!row.reference.empty() && context.viewer.may(web::to_string(web::Permission::read_applications)))
    view.reference_href = "/staff/applications/" + row.reference;
  if (row.seal) view.seal = phrases.number(*row.seal);
  return view;
}

// What a filter calls a kind: where its event's phrase has values, it has a name of its own.
std::string kind_label(std::string_view kind, const html::Phrasebook& phrases) {
  const std::string own = "audit.kind." + std::string(kind);
  return phrases.text(phrases.has(own) ? own : "audit.event." + std::string(kind));
}

void fill_filters(TrailView& view, const TrailAddress& address, const html::Phrasebook& phrases) {
  view.who = address.who;
  view.application = address.application;
  view.from = address.from;
  view.until = address.until;
  const auto is_wrong = [&](std::string_view field) {
    return std::ranges::any_of(address.problems, [&](const FieldError& problem) { return problem.field == field; });
  };
  view.kind_wrong = is_wrong("kind");
  view.who_wrong = is_wrong("who");
  view.application_wrong = is_wrong("application");
  view.from_wrong = is_wrong("from");
  view.until_wrong = is_wrong("until");
  for (const FieldError& problem : address.problems) view.problems.push_back(problem.message);
  std::string chosen_kind = address.kind;
  for (const std::string_view kind : kEventKinds) {
    const bool chosen = kind == address.kind;
    view.kinds.push_back({std::string(kind), kind_label(kind, phrases), chosen});
    if (chosen) chosen_kind = view.kinds.back().label;
  }
  std::ranges::sort(view.kinds, {}, &KindChoice::label);
  const auto chip = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    const std::string field = phrases.text("audit.filter." + std::string(name));
    view.chips.push_back(
        {phrases.text("audit.filter.chip", {{"field", field}, {"value", value}}), address.path(kTrailPage, name)});
  };
  chip("kind", chosen_kind);
  chip("who", address.name);
  chip("application", address.application);
  chip("from", address.from);
  chip("until", address.until);
}

void fill_chain(TrailView& view, const ChainState& chain, const html::Phrasebook& phrases) {
  view.waiting = chain.waiting;
  if (!chain.sealed_at) return;
  view.head = to_string(chain.head);
  view.head_number = phrases.number(chain.head.number);
  view.sealed_at = phrases.date_time(*chain.sealed_at);
}

}  // namespace

web::Response show_trail(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const Found found = parts.database.read([&](db::Tx& tx) { return look(tx, request); });
  const html::Phrasebook& phrases = context.phrases;
  const TrailAddress& address = found.address;
  TrailView view;
  fill_filters(view, address, phrases);
  fill_chain(view, found.chain, phrases);
  view.addresses = found.addresses;
  view.wrong = !address.problems.empty();
  view.narrowed = address.narrowed();
  view.export_csv = address.path("/staff/audit/export");
  const std::size_t shown = std::min(found.rows.size(), kPageSize);
  for (std::size_t i = 0; i < shown; ++i) view.rows.push_back(row_view(found.rows[i], context));
  if (found.rows.size() > kPageSize) view.older = address.path(kTrailPage, {}, found.rows[kPageSize - 1].event.id);
  if (address.before != std::numeric_limits<std::int64_t>::max()) view.newest = address.path(kTrailPage);

  html::Writer w(phrases);
  tpl::audit::trail(w, view);
  site::PageHead head;
  head.title = (view.wrong ? phrases.text("problem.error_prefix") : "") + phrases.text("audit.title");
  head.path = address.path(kTrailPage);
  head.staff = true;
  head.indexable = false;
  return site::page(*program, context, head, w.take(), view.wrong ? 400 : 200);
}

}  // namespace bursary::audit
