#include "features/queue/query_read.h"

#include <algorithm>

#include "base/search_words.h"
#include "base/text.h"
#include "features/queue/labels.h"
#include "features/queue/query_values.h"

namespace bursary::queue {
namespace {

using applications::Flag;
using applications::State;
using Kind = QueryNode::Kind;

// A value's code and all that people may call it.
struct Named {
  std::string code;
  std::string label;
};

std::vector<Named> names_of(Field field, const QueryReader& reader) {
  const forms::Definition& form = reader.program.form;
  const std::string& tag = reader.phrases.tag();
  std::vector<Named> names;
  switch (field) {
    case Field::state:
      for (const State state : kShownStates) {
        names.push_back({std::string(to_string(state)), reader.phrases.text(state_label(state))});
      }
      break;
    case Field::flag:
      for (const Flag flag : applications::kAllFlags) {
        const std::string name(to_string(flag));
        names.push_back({name, reader.phrases.text("queue.flag." + name)});
      }
      break;
    case Field::area:
      if (const forms::Question* areas = form.find(form.meanings.areas)) {
        for (const auto& option : areas->options) names.push_back({option.key, option.label.in(tag)});
      }
      break;
    case Field::country:
      for (const auto& country : form.countries) names.push_back({country.code, country.name.in(tag)});
      break;
    case Field::assigned:
      names = {{"me", reader.phrases.text("queue.query.value.me")},
               {"none", reader.phrases.text("queue.query.value.none")}};
      for (const Colleague& colleague : reader.staff) names.push_back({colleague.name, colleague.name});
      break;
    case Field::lang:
      for (const std::string& locale : reader.program.locales) names.push_back({locale, locale});
      break;
    case Field::has:
      for (const char* what : {"file", "flag"}) {
        names.push_back({what, reader.phrases.text("queue.query.value." + std::string(what))});
      }
      break;
    case Field::sort:
      for (const char* order : {"newest", "oldest", "updated"}) {
        names.push_back({order, reader.phrases.text("queue.query.value." + std::string(order))});
      }
      break;
    default:
      break;
  }
  return names;
}

bool takes_one_value(Field field) {
  return field == Field::submitted || field == Field::updated || field == Field::amount || field == Field::months ||
         field == Field::institution || field == Field::sort;
}

Stretch both(const Stretch& a, const Stretch& b) {
  Stretch out = a;
  if (b.from) out.from = std::max(a.from.value_or(*b.from), *b.from);
  if (b.until) out.until = std::min(a.until.value_or(*b.until), *b.until);
  return out;
}

class Reading {
 public:
  Reading(std::string_view typed, const QueryReader& reader) : reader_(reader) { out_.typed = typed; }

  ReadQuery read() {
    ParsedQuery parsed = parse_query(out_.typed);
    out_.problems = std::move(parsed.problems);
    bool word_found = false;
    for (QueryNode& term : parsed.terms) {
      if (term.kind == Kind::field) {
        read_field(std::move(term));
      } else {
        word_found = word_found || (!term.negated && has_word(term));
        text_.push_back(term);
        out_.terms.push_back(std::move(term));
      }
    }
    if (!text_.empty() && !word_found) refuse_text();
    out_.filter.text = to_text(text_);
    settle_order();
    std::ranges::stable_sort(out_.problems, {}, [](const QueryProblem& problem) { return problem.span.begin; });
    return std::move(out_);
  }

 private:
  static bool has_word(const QueryNode& term) {
    if (term.kind == Kind::word || term.kind == Kind::phrase) return !search_parts(term.text).empty();
    return std::ranges::any_of(term.children, [](const QueryNode& one) { return !one.negated && has_word(one); });
  }
  // The index finds what is there, not what is missing.
  void refuse_text() {
    const auto left_out = std::ranges::find_if(text_, [](const QueryNode& term) { return term.negated; });
    if (left_out != text_.end()) problem(left_out->span, "only_without");
    std::erase_if(out_.terms, [](const QueryNode& term) { return term.kind != Kind::field; });
    text_.clear();
  }

  void problem(Span span, std::string key, std::optional<std::string> instead = std::nullopt,
               std::vector<std::pair<std::string, std::string>> values = {}) {
    values.emplace_back("given", out_.typed.substr(span.begin, span.end - span.begin));
    if (instead) values.emplace_back("instead", *instead);
    out_.problems.push_back({span, Phrase("queue.query." + std::move(key), std::move(values)), std::move(instead)});
  }

  void read_field(QueryNode&& term) {
    const auto field = field_named(term.text, reader_.phrases);
    if (!field) {
      std::vector<std::string> names;
      for (const Field one : kAllFields) {
        names.emplace_back(to_string(one));
        names.push_back(reader_.phrases.text("queue.query.name." + std::string(to_string(one))));
      }
      const auto meant = nearest(term.text, names);
      return problem(term.name, meant ? "unknown_name_meant" : "unknown_name", meant);
    }
    term.text = to_string(*field);
    if (takes_one_value(*field)) {
      if (term.negated) return problem({term.span.begin, term.span.begin + 1}, "cannot_be_left_out", "");
      if (term.values.size() > 1) return problem({term.values[1].span.begin, term.values.back().span.end}, "one_value");
    }
    if (read_values(*field, term)) out_.terms.push_back(std::move(term));
  }

  bool read_values(Field field, QueryNode& term) {
    switch (field) {
      case Field::submitted:
      case Field::updated:
        return read_stretch(field, term);
      case Field::amount:
      case Field::months:
        return read_measure(field, term);
      case Field::institution:
        (out_.filter.institution += out_.filter.institution.empty() ? "" : " ") += term.values.front().text;
        if (!search_parts(out_.filter.institution).empty()) return true;
        out_.filter.institution.clear();
        problem(term.values.front().span, "no_value");
        return false;
      default:
        return read_names(field, term);
    }
  }

  bool read_stretch(Field field, const QueryNode& term) {
    const QueryValue& value = term.values.front();
    const auto days = read_days(value.text, reader_.now);
    if (!days) {
      problem(value.span, "date");
      return false;
    }
    Stretch& kept = field == Field::submitted ? out_.filter.submitted : out_.filter.updated;
    kept = both(kept, *days);
    return true;
  }

  bool read_measure(Field field, const QueryNode& term) {
    const QueryValue& value = term.values.front();
    if (field == Field::amount) {
      if (auto money = read_money(value.text)) {
        money->question = reader_.program.form.meanings.budget;
        out_.filter.readings.push_back(std::move(*money));
        return true;
      }
    } else if (const auto months = read_numbers(value.text, 1000)) {
      out_.filter.readings.push_back({reader_.program.form.meanings.duration, *months, {}});
      return true;
    }
    problem(value.span, field == Field::amount ? "amount" : "number");
    return false;
  }

  // Each value becomes its code; those that are none are left out.
  bool read_names(Field field, QueryNode& term) {
    const std::vector<Named> names = names_of(field, reader_);
    std::vector<QueryValue> kept;
    for (QueryValue& value : term.values) {
      const std::string folded = fold(value.text);
      const auto found = std::ranges::find_if(
          names, [&](const Named& one) { return fold(one.code) == folded || fold(one.label) == folded; });
      if (found == names.end()) {
        unknown_value(field, value, names);
        continue;
      }
      value.text = found->code;
      const auto same = [&](const QueryValue& one) { return one.text == value.text; };
      if (std::ranges::none_of(kept, same)) kept.push_back(std::move(value));
    }
    term.values = std::move(kept);
    return !term.values.empty() && put(field, term);
  }

  void unknown_value(Field field, const QueryValue& value, const std::vector<Named>& names) {
    std::vector<std::string> choices;
    for (const Named& one : names) {
      choices.push_back(one.code);
      choices.push_back(one.label);
    }
    std::optional<std::string> meant;
    if (const auto near = nearest(value.text, choices)) {
      for (const Named& one : names) {
        if (one.code == *near || one.label == *near) meant = one.code;
      }
    }
    if (meant) meant = to_value_text({*meant});
    problem(value.span, meant ? "unknown_value_meant" : "unknown_value", meant,
            {{"field", std::string(to_string(field))}});
  }

  bool put(Field field, const QueryNode& term) {
    Filter& filter = out_.filter;
    std::vector<std::string> codes;
    codes.reserve(term.values.size());
    for (const QueryValue& value : term.values) codes.push_back(value.text);
    switch (field) {
      case Field::state:
        return put_states(codes, term.negated);
      case Field::country:
        return put_list(term.negated ? filter.not_countries : filter.countries, codes, term);
      case Field::lang:
        return put_list(term.negated ? filter.not_languages : filter.languages, codes, term);
      case Field::area:
        if (!term.negated) filter.areas.push_back(codes);
        if (term.negated) filter.not_areas.insert(filter.not_areas.end(), codes.begin(), codes.end());
        return true;
      case Field::flag:
        put_flags(codes, term.negated);
        return true;
      case Field::assigned:
        return put_assigned(codes, term);
      case Field::has:
        for (const std::string& what : codes) (what == "file" ? filter.has_file : filter.has_flag) = !term.negated;
        return true;
      case Field::sort:
        filter.sort = codes[0] == "oldest" ? Sort::oldest : codes[0] == "updated" ? Sort::updated : Sort::newest;
        return true;
      default:
        return false;
    }
  }

  // Said twice, both must hold: an application has one of these, so what is left is what both lists name.
  bool put_list(std::vector<std::string>& kept, const std::vector<std::string>& codes, const QueryNode& term) {
    if (term.negated || kept.empty()) {
      kept.insert(kept.end(), codes.begin(), codes.end());
      return true;
    }
    std::vector<std::string> common;
    for (const std::string& code : codes) {
      if (std::ranges::find(kept, code) != kept.end()) common.push_back(code);
    }
    if (common.empty()) {
      problem(term.span, "nothing_is_both");
      return false;
    }
    kept = std::move(common);
    return true;
  }

  bool put_states(const std::vector<std::string>& codes, bool negated) {
    std::vector<State>& states = out_.filter.states;
    std::vector<State> left;
    for (const State state : kShownStates) {
      const bool named = std::ranges::find(codes, to_string(state)) != codes.end();
      const bool possible = states.empty() || std::ranges::find(states, state) != states.end();
      if (possible && named != negated) left.push_back(state);
    }
    if (left.empty()) {
      problem({0, out_.typed.size()}, "no_state_left");
      return false;
    }
    states = std::move(left);
    return true;
  }

  void put_flags(const std::vector<std::string>& codes, bool negated) {
    std::vector<Flag> flags;
    for (const Flag flag : applications::kAllFlags) {
      if (std::ranges::find(codes, to_string(flag)) != codes.end()) flags.push_back(flag);
    }
    auto& left_out = out_.filter.not_flags;
    if (negated) left_out.insert(left_out.end(), flags.begin(), flags.end());
    if (!negated) out_.filter.flags.push_back(std::move(flags));
  }

  bool put_assigned(const std::vector<std::string>& names, const QueryNode& term) {
    auto& kept = term.negated ? out_.filter.not_assigned : out_.filter.assigned;
    if (!term.negated && !kept.empty()) {
      problem(term.span, "nothing_is_both");
      return false;
    }
    for (const std::string& name : names) {
      if (name == "none") {
        kept.push_back(kNobody);
      } else if (name == "me") {
        // Who is nobody in particular has nothing.
        kept.push_back(reader_.viewer.value_or(-1));
      } else {
        for (const Colleague& colleague : reader_.staff) {
          if (colleague.name == name) kept.push_back(colleague.id);
        }
      }
    }
    return true;
  }

  // Search goes by submission alone; who asks what changed wants the latest change first.
  void settle_order() {
    Filter& filter = out_.filter;
    const bool searched = !filter.text.empty() || !filter.institution.empty();
    const auto sort = std::ranges::find_if(
        out_.terms, [](const QueryNode& term) { return term.kind == Kind::field && term.text == "sort"; });
    const bool told = sort != out_.terms.end();
    if (searched && told && filter.sort == Sort::updated) {
      problem(sort->span, "search_order");
      out_.terms.erase(sort);
      filter.sort = Sort::newest;
    } else if (!searched && !told && !filter.updated.empty()) {
      filter.sort = Sort::updated;
    }
  }

  const QueryReader& reader_;
  ReadQuery out_;
  std::vector<QueryNode> text_;
};

}  // namespace

ReadQuery read_query(std::string_view typed, const QueryReader& reader) { return Reading(typed, reader).read(); }

}  // namespace bursary::queue
