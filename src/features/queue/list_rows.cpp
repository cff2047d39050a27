#include "features/queue/list_rows.h"

#include <algorithm>

#include "features/queue/labels.h"
#include "features/queue/list_setting.sql.h"
#include "features/queue/people.sql.h"

namespace bursary::queue {
namespace {

bool has(const std::vector<ListColumn>& columns, ListColumn column) {
  return std::ranges::find(columns, column) != columns.end();
}

class Cells {
 public:
  Cells(const RowExtras& extras, const QueryReader& reader)
      : extras_(extras), reader_(reader), days_(reader.phrases, reader.program.time_zone, reader.now) {}

  Cell cell(ListColumn column, const ListRow& row) const {
    const html::Phrasebook& phrases = reader_.phrases;
    Cell out;
    out.column = to_string(column);
    out.label = phrases.text("queue.column." + out.column);
    switch (column) {
      case ListColumn::institution:
        out.text = row.institution;
        break;
      case ListColumn::country:
        out.text = country_label(reader_.program.form, row.country, phrases.tag());
        break;
      case ListColumn::area:
        out.text = area_label(reader_.program.form, row.area, phrases.tag());
        break;
      case ListColumn::state:
        out.text = phrases.text(state_label(row.state));
        out.tag = state_class(row.state);
        break;
      case ListColumn::flags:
        for (const auto flag : flags_in(row.flags)) {
          out.flags.emplace_back("queue.flag." + std::string(to_string(flag)));
          out.title += (out.title.empty() ? "" : ", ") + phrases.text(out.flags.back());
        }
        return out;
      case ListColumn::assignee:
        if (const auto name = extras_.names.find(row.assignee); name != extras_.names.end()) out.text = name->second;
        break;
      case ListColumn::reference:
        out.text = row.reference;
        break;
      case ListColumn::language:
        out.text = html::language(phrases, row.locale);
        break;
      case ListColumn::amount:
        out.text = reading(row, reader_.program.form.meanings.budget);
        break;
      case ListColumn::months:
        out.text = reading(row, reader_.program.form.meanings.duration);
        break;
      case ListColumn::submitted:
        return moment(std::move(out), row.submitted_at);
      case ListColumn::updated:
        return moment(std::move(out), row.updated_at);
    }
    out.title = out.text;
    return out;
  }

 private:
  Cell moment(Cell&& out, Instant at) const {
    out.text = days_.of(at);
    out.datetime = to_rfc3339(at);
    out.title = reader_.phrases.date_time(at, reader_.program.time_zone);
    return std::move(out);
  }
  std::string reading(const ListRow& row, const std::string& question) const {
    const auto found = extras_.readings.find(row.id.value);
    if (found == extras_.readings.end()) return {};
    for (const forms::Reading& one : found->second) {
      if (one.question == question) return reading_words(one, reader_.program.form.meanings, reader_.phrases);
    }
    return {};
  }

  const RowExtras& extras_;
  const QueryReader& reader_;
  html::ShortDates days_;
};

}  // namespace

RowExtras read_extras(db::Tx& tx, const ListPage& page, const std::vector<ListColumn>& columns,
                      const std::vector<Colleague>& staff) {
  RowExtras extras;
  for (const Colleague& colleague : staff) extras.names[colleague.id] = colleague.name;
  const bool readings = has(columns, ListColumn::amount) || has(columns, ListColumn::months);
  for (const ListRow& row : page.rows) {
    // Who is a coordinator no more still has a name.
    if (row.assignee != kNobody && !extras.names.contains(row.assignee)) {
      if (const auto name = tx.find(sql::queue::people::name_of, row.assignee))
        extras.names[row.assignee] = name->text(0);
    }
    if (!readings) continue;
    for (const db::Row one : tx.query(sql::queue::list_setting::readings, row.id)) {
      extras.readings[row.id.value].push_back(
          {one.text(0), static_cast<forms::Reading::Kind>(one.integer(3)), one.integer(1), one.text(2)});
    }
  }
  return extras;
}

void fill_rows(ListView& view, const ListPage& page, const std::vector<ListColumn>& columns, const RowExtras& extras,
               const QueryReader& reader) {
  const Cells cells(extras, reader);
  for (const ListColumn column : columns) {
    const std::string name(to_string(column));
    view.columns.push_back({name, reader.phrases.text("queue.column." + name), true});
  }
  for (const ListRow& row : page.rows) {
    RowView out;
    out.href = "/staff/applications/" + row.reference;
    out.reference = row.reference;
    out.applicant = row.applicant_name.empty() ? row.reference : row.applicant_name;
    out.chosen_as = row.reference + ":" + std::string(to_string(row.state));
    for (const ListColumn column : columns) out.cells.push_back(cells.cell(column, row));
    view.rows.push_back(std::move(out));
  }
}

}  // namespace bursary::queue
