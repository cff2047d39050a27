#include "features/queue/list_filters.h"

#include <algorithm>

#include "features/queue/labels.h"
#include "features/queue/query_sql.h"

namespace bursary::queue {
namespace {

std::string value_label(Field field, const std::string& code, const QueryReader& reader) {
  const auto& phrases = reader.phrases;
  switch (field) {
    case Field::state:
      return phrases.text("queue.state." + code);
    case Field::flag:
      return phrases.text("queue.flag." + code);
    case Field::area:
      return area_label(reader.program.form, code, phrases.tag());
    case Field::country:
      return country_label(reader.program.form, code, phrases.tag());
    case Field::assigned:
      return code == "me" || code == "none" ? phrases.text("queue.query.value." + code) : code;
    case Field::sort:
      return phrases.text("queue.query.value." + code);
    default:
      return code;
  }
}

std::vector<std::string> codes_of(Field field, const QueryReader& reader) {
  std::vector<std::string> codes;
  const forms::Definition& form = reader.program.form;
  switch (field) {
    case Field::state:
      for (const auto state : kShownStates) codes.emplace_back(to_string(state));
      break;
    case Field::flag:
      for (const auto flag : applications::kAllFlags) codes.emplace_back(to_string(flag));
      break;
    case Field::area:
      if (const forms::Question* areas = form.find(form.meanings.areas)) {
        for (const auto& option : areas->options) codes.push_back(option.key);
      }
      break;
    case Field::country:
      for (const auto& country : form.countries) codes.push_back(country.code);
      break;
    case Field::assigned:
      codes = {"me", "none"};
      for (const Colleague& colleague : reader.staff) codes.push_back(colleague.name);
      break;
    case Field::sort:
      codes = {"newest", "oldest", "updated"};
      break;
    default:
      break;
  }
  return codes;
}

std::string labels_of(Field field, const std::string& codes, const QueryReader& reader) {
  std::string out;
  for (std::string_view rest = codes; !rest.empty();) {
    const auto comma = rest.find(',');
    out += (out.empty() ? "" : ", ") + value_label(field, std::string(rest.substr(0, comma)), reader);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return out;
}

// "Kenya (1,204)".
std::string counted(Field field, const std::string& code, const QueryReader& reader, const FacetCounts* counts) {
  std::string label = value_label(field, code, reader);
  if (counts == nullptr || field == Field::sort) return label;
  std::string key = code;
  if (field == Field::assigned) {
    key = std::to_string(code == "me" ? reader.viewer.value_or(-1) : kNobody);
    for (const Colleague& colleague : reader.staff) {
      if (colleague.name == code) key = std::to_string(colleague.id);
    }
  }
  const auto values = counts->values.find(field);
  if (values == counts->values.end()) return label;
  std::int64_t n = 0;
  for (const auto& value : values->second) n += value.code == key ? value.n : 0;
  return label + " (" + reader.phrases.number(n) + ")";
}

Box make_box(Field field, const ReadQuery& query, const QueryReader& reader, const FacetCounts* counts) {
  Box box;
  box.name = to_string(field);
  box.label = reader.phrases.text("queue.filter." + box.name);
  box.any = reader.phrases.text("queue.filter.any_" + box.name);
  std::string now = box_value(query.terms, field);
  if (field == Field::sort && now.empty() && query.filter.sort == Sort::updated) now = "updated";
  bool chosen = now.empty();
  for (const std::string& code : codes_of(field, reader)) {
    // The order that nobody asked for is the first choice.
    if (field == Field::sort && code == "newest" && now != "newest") continue;
    box.choices.push_back({code, counted(field, code, reader, counts), code == now});
    chosen = chosen || code == now;
  }
  // Several at once, which the query says and a box cannot: kept as they are.
  if (!chosen) box.choices.insert(box.choices.begin(), {now, labels_of(field, now, reader), true});
  return box;
}

}  // namespace

std::string term_label(const QueryNode& term, const QueryReader& reader) {
  const auto field = term.kind == QueryNode::Kind::field ? field_named(term.text, reader.phrases) : std::nullopt;
  const bool named = field && *field != Field::submitted && *field != Field::updated && *field != Field::amount &&
                     *field != Field::months && *field != Field::institution && *field != Field::lang &&
                     *field != Field::has;
  if (!named) return to_text(term);
  std::string values;
  for (const QueryValue& value : term.values)
    values += (values.empty() ? "" : ", ") + value_label(*field, value.text, reader);
  const std::string label = reader.phrases.text("queue.filter." + std::string(to_string(*field)));
  return reader.phrases.text(term.negated ? "queue.chip_without" : "queue.chip", {{"field", label}, {"value", values}});
}

Phrase total_phrase(std::int64_t n, FacetCounts::Reach reach, const html::Phrasebook& phrases) {
  if (reach == FacetCounts::Reach::all) return {"queue.total.all", {{"n", std::to_string(n)}}};
  if (reach == FacetCounts::Reach::more) return {"queue.total.more", {{"limit", phrases.number(kCounted)}}};
  return {"queue.total.walked", {{"limit", phrases.number(kCountedWalk)}}};
}

FiltersView make_filters(const ReadQuery& query, const QueryReader& reader, const FacetCounts* counts) {
  FiltersView view;
  view.kept = query.text();
  const DayBoxes days = day_boxes(query.filter);
  view.from = days.from;
  view.until = days.until;
  for (const Field field : kBoxes) view.boxes.push_back(make_box(field, query, reader, counts));
  if (counts != nullptr) {
    view.total = total_phrase(counts->total, counts->reach, reader.phrases);
  } else {
    view.total = Phrase("queue.total.not_counted");
    view.counts_from = "/staff/counts" + list_address(view.kept).substr(std::string_view("/staff").size());
    view.count_here = list_address(view.kept, "count=1");
  }
  return view;
}

void fill_query(ListView& view, const ReadQuery& query, const QueryReader& reader) {
  view.query = query.typed;
  for (std::size_t i = 0; i < query.terms.size(); ++i) {
    view.chips.push_back({term_label(query.terms[i], reader), list_address(without_term(query.terms, i))});
  }
  for (const QueryProblem& problem : query.problems) {
    ProblemView shown;
    const auto [begin, end] = problem.span;
    shown.before = query.typed.substr(0, begin);
    shown.wrong = query.typed.substr(begin, end - begin);
    shown.after = query.typed.substr(end);
    shown.message = problem.message;
    if (problem.instead) {
      shown.instead_text = shown.before + *problem.instead + shown.after;
      shown.instead = list_address(shown.instead_text);
    }
    view.problems.push_back(std::move(shown));
  }
}

}  // namespace bursary::queue
