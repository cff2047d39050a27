#include <limits>

#include "base/csv.h"
#include "features/audit/audit.h"
#include "features/audit/event_words.h"
#include "features/audit/pages.h"
#include "features/audit/trail_address.h"
#include "features/site/site.h"

namespace bursary::audit {
namespace {

constexpr std::size_t kExportBatch = 1000;

// Each page is a snapshot of its own: events are only ever added to, and those that come meanwhile are newer than the
// first row.
class TrailSource final : public web::BodySource {
 public:
  TrailSource(const Parts& parts, TrailFilter filter, std::shared_ptr<const html::Phrasebooks> books, std::string tag)
      : parts_(parts), filter_(std::move(filter)), books_(std::move(books)), tag_(std::move(tag)) {}

  bool next(std::string& piece) override {
    if (ended_) return false;
    piece.clear();
    if (before_ == std::numeric_limits<std::int64_t>::max()) write_head(piece);
    const auto rows = parts_.database.read([&](db::Tx& tx) { return read_trail(tx, filter_, before_, kExportBatch); });
    for (const TrailRow& row : rows) write(piece, row);
    if (!rows.empty()) before_ = rows.back().event.id;
    ended_ = rows.size() < kExportBatch;
    return true;
  }

 private:
  void write_head(std::string& piece) const {
    CsvLine line(piece);
    for (const char* name : {"seal", "event", "at", "kind", "what", "by", "person", "name", "application", "detail"})
      line.cell(name);
    line.end();
  }
  void write(std::string& piece, const TrailRow& row) const {
    const html::Phrasebook& phrases = books_->get(tag_);
    CsvLine line(piece);
    line.cell(row.seal ? std::to_string(*row.seal) : "");
    line.cell(std::to_string(row.event.id));
    line.cell(to_rfc3339(row.event.at));
    line.cell(row.event.kind);
    line.cell(phrases.text(words_of(row.event, phrases).what));
    line.cell(phrases.text(actor_words(row.event.actor_kind)));
    line.cell(row.event.actor ? std::to_string(*row.event.actor) : "");
    line.cell(row.person);
    line.cell(row.reference);
    line.cell(row.event.detail);
    line.end();
  }

  const Parts& parts_;
  TrailFilter filter_;
  std::shared_ptr<const html::Phrasebooks> books_;
  std::string tag_;
  std::int64_t before_ = std::numeric_limits<std::int64_t>::max();
  bool ended_ = false;
};

}  // namespace

web::Response send_trail(const Parts& parts, const web::Request& request, const web::Context& context) {
  const auto program = parts.programs.current();
  const TrailAddress address = parts.database.read([&](db::Tx& tx) { return read_address(tx, request); });
  // Half a filter would give out more than was asked for.
  if (!address.problems.empty())
    return site::error_page(*program, request, context, 400, {ErrorKind::invalid, "audit.wrong", {}, {}});
  const auto recorded = parts.database.write([&](db::Tx& tx) -> Result<bool> {
    write_event(tx, {parts.ids.next<EventTag>(),
                     std::nullopt,
                     "exported",
                     {Actor::staff, context.viewer.person},
                     context.now,
                     R"({"format":"csv","of":"audit"})"});
    return true;
  });
  if (!recorded)
    return site::error_page(*program, request, context, web::status_of(recorded.error().kind), recorded.error());
  return web::streamed(
      std::make_shared<TrailSource>(parts, address.filter, program->phrasebooks, context.phrases.tag()),
      "text/csv; charset=utf-8", "audit.csv");
}

}  // namespace bursary::audit
