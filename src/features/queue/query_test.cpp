// The query language: text to tree, tree to filter, and what is told where something is wrong.
#include <doctest/doctest.h>

#include "features/queue/query_parse.h"
#include "features/queue/query_read.h"
#include "features/queue/query_values.h"

using namespace bursary;
using namespace bursary::queue;

namespace {

// "and(word:a, not(phrase:b c))", to compare a whole tree at a look.
std::string shape(const QueryNode& node) {
  std::string out;
  switch (node.kind) {
    case QueryNode::Kind::word:
      out = "word:" + node.text;
      break;
    case QueryNode::Kind::phrase:
      out = "phrase:" + node.text;
      break;
    case QueryNode::Kind::field:
      out = node.text + "=";
      for (const auto& value : node.values) out += "[" + value.text + "]";
      break;
    case QueryNode::Kind::any_of:
    case QueryNode::Kind::all_of:
      out = node.kind == QueryNode::Kind::any_of ? "any(" : "all(";
      for (const auto& child : node.children) out += (&child == node.children.data() ? "" : " ") + shape(child);
      out += ")";
  }
  return node.negated ? "not " + out : out;
}
std::string shape(std::string_view text) {
  std::string out;
  for (const auto& term : parse_query(text).terms) out += (out.empty() ? "" : "; ") + shape(term);
  return out;
}
// "3-7 lonely_or", one for each problem.
std::string wrong(const std::vector<QueryProblem>& problems) {
  std::string out;
  for (const auto& problem : problems) {
    out += (out.empty() ? "" : "; ") + std::to_string(problem.span.begin) + "-" + std::to_string(problem.span.end) +
           " " + problem.message.key.substr(12);
  }
  return out;
}

const programs::Program& program() {
  static const auto programs = [] {
    std::vector<programs::Problem> problems;
    return programs::Programs::open({}, problems).value();
  }();
  static const auto current = programs->current();
  return *current;
}

const Instant kNow = *parse_rfc3339("2026-03-20T12:00:00Z");
const std::vector<Colleague> kStaff = {{71, "Ana Lima"}, {72, "Ben"}};

ReadQuery read(std::string_view text, const char* language = "en") {
  return read_query(text, {program(), program().phrasebooks->get(language), 71, kNow, kStaff});
}
std::string wrong(std::string_view text) { return wrong(read(text).problems); }
std::int64_t day(const char* text) { return parse_rfc3339(std::string(text) + "T00:00:00Z")->micros; }

}  // namespace

TEST_CASE("a query is words, phrases, fields, alternatives, brackets and what is left out") {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"  \t ", ""},
      {"probe", "word:probe"},
      {"two words", "word:two; word:words"},
      {"\"induction heads\"", "phrase:induction heads"},
      {"“induction heads”", "phrase:induction heads"},
      {"state:submitted", "state=[submitted]"},
      {"state:submitted,screening -flag:near_duplicate", "state=[submitted][screening]; not flag=[near_duplicate]"},
      {"country:\"United Kingdom\",KE x", "country=[United Kingdom][KE]; word:x"},
      {"country:KE, NG", "country=[KE][NG]"},
      {"submitted:>2026-03-01 updated:<7d", "submitted=[>2026-03-01]; updated=[<7d]"},
      {"a OR b c", "any(word:a word:b); word:c"},
      {"a OR b OR \"c d\"", "any(word:a word:b phrase:c d)"},
      {"a AND b", "word:a; word:b"},
      {"(a b) OR c", "any(all(word:a word:b) word:c)"},
      {"-(a b)", "not all(word:a word:b)"},
      {"-(a OR b) c", "not any(word:a word:b); word:c"},
      {"(a)", "word:a"},
      {"ORDER ANDES", "word:ORDER; word:ANDES"},
      {"a -b", "word:a; not word:b"},
      {"a - b", "word:a; word:-; word:b"},
      {"well-known", "word:well-known"},
      {"https://example.org/x?y=1", "word:https://example.org/x?y=1"},
      {"10:30", "word:10:30"},
      {"país:KE", "país=[KE]"},
      {"señal\xC2\xA0ruido", "word:señal; word:ruido"},
  };
  for (const auto& [text, tree] : cases) {
    CAPTURE(text);
    CHECK(shape(text) == tree);
    CHECK(parse_query(text).problems.empty());
    // Written out, it is the same query.
    CHECK(shape(to_text(parse_query(text).terms)) == tree);
  }
}

TEST_CASE("what is wrong is told with its place, and the rest stands") {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"a )b", "word:a; word:b", "2-3 not_opened"},
      {"(a b", "all(word:a word:b)", "0-1 not_closed"},
      {"x \"open words", "word:x; word:open; word:words", "2-3 quote_not_closed"},
      {"state: submitted", "word:submitted", "0-6 no_value"},
      {"OR a", "word:a", "0-2 lonely_or"},
      {"a OR", "word:a", "2-4 lonely_or"},
      {"a OR OR b", "any(word:a word:b)", "5-7 lonely_or"},
      {"a OR state:submitted", "word:a; state=[submitted]", "2-4 or_joins_words"},
      {"a OR -b", "word:a; not word:b", "2-4 or_joins_words"},
      {"(a state:submitted)", "word:a", "3-18 field_in_brackets"},
      {"a (-b)", "word:a", "2-6 only_without"},
      {"((((( a", "", "4-7 too_deep"},
  };
  for (const auto& [text, tree, problems] : cases) {
    CAPTURE(text);
    const ParsedQuery parsed = parse_query(text);
    CHECK(shape(text) == tree);
    CHECK(wrong(parsed.problems) == problems);
  }
}

TEST_CASE("ten thousand terms, ten thousand brackets and long text are refused kindly, at once") {
  std::string terms, long_terms;
  for (int i = 0; i < 10'000; ++i) long_terms += "word" + std::to_string(i) + " ";
  for (int i = 0; i < 101; ++i) terms += "w ";
  CHECK(wrong(parse_query(long_terms).problems) == "0-0 too_long");
  CHECK(parse_query(long_terms).terms.empty());
  CHECK(wrong(parse_query(terms).problems) == "0-202 too_many");
  CHECK(parse_query(terms).terms.empty());
  CHECK(parse_query(terms.substr(2)).terms.size() == 100);
  std::string countries = "country:KE";
  for (int i = 0; i < 200; ++i) countries += ",KE";
  CHECK(parse_query(countries).terms.empty());
  const ParsedQuery brackets = parse_query(std::string(3000, '('));
  CHECK(brackets.terms.empty());
  CHECK(wrong(brackets.problems) == "4-3000 too_deep");
}

TEST_CASE("days, amounts and lengths of time") {
  const auto days = [](std::string_view text) { return read_days(text, kNow).value(); };
  CHECK(days("2026-03-01") == Stretch{day("2026-03-01"), day("2026-03-02")});
  CHECK(days("2026-02") == Stretch{day("2026-02-01"), day("2026-03-01")});
  CHECK(days("2026-12") == Stretch{day("2026-12-01"), day("2027-01-01")});
  CHECK(days("2026") == Stretch{day("2026-01-01"), day("2027-01-01")});
  CHECK(days(">2026-03-01") == Stretch{day("2026-03-02"), {}});
  CHECK(days(">=2026-03") == Stretch{day("2026-03-01"), {}});
  CHECK(days("<2026-03") == Stretch{{}, day("2026-03-01")});
  CHECK(days("<=2026-03") == Stretch{{}, day("2026-04-01")});
  CHECK(days("2026-03..2026-04") == Stretch{day("2026-03-01"), day("2026-05-01")});
  CHECK(days("..2026-03-05") == Stretch{{}, day("2026-03-06")});
  CHECK(days("2026-03-05..") == Stretch{day("2026-03-05"), {}});
  CHECK(days("<7d") == Stretch{kNow.micros - 7 * 86'400'000'000, {}});
  CHECK(days(">2w") == Stretch{{}, kNow.micros - 14 * 86'400'000'000});
  CHECK(days("36h") == Stretch{kNow.micros - 36 * 3'600'000'000, {}});
  for (const char* text : {"", "x", "2026-13", "2026-02-30", "26-03-01", "2026-3-1", "2026-03-01T00:00", "..", "<",
                           "7x", "d", "2026-04..2026-03", "99999999999d", "2026-03-01-01", "0000", "9999-12-31"}) {
    CHECK_MESSAGE(!read_days(text, kNow), text);
  }
  constexpr std::int64_t kNano = 1'000'000'000;
  CHECK(read_money(">5000")->value == Stretch{5000 * kNano + 1, {}});
  CHECK(read_money("<=5000.25usd")->value == Stretch{{}, 5000 * kNano + kNano / 4 + 1});
  CHECK(read_money("<=5000.25usd")->currency == "USD");
  CHECK(read_money("EUR5000..EUR9000")->value == Stretch{5000 * kNano, 9000 * kNano + 1});
  CHECK(read_numbers("6", 1000) == Stretch{6000, 6001});
  CHECK(read_numbers("<1.5", 1000) == Stretch{{}, 1500});
  for (const char* text : {"", ">", "five", "5000dollars", "1e9", "99999999999", "1.0000000000", "-5"}) {
    CHECK_MESSAGE(!read_money(text), text);
  }
}

TEST_CASE("names mean what the program and the reader's language call so, and the query is written with codes") {
  using applications::Flag;
  using applications::State;
  const ReadQuery query =
      read("state:submitted,Screening country:Kenya,NG area:Alignment -flag:\"Near duplicate\" assigned:me lang:es");
  CHECK(wrong(query.problems).empty());
  CHECK(query.filter.states == std::vector{State::submitted, State::screening});
  CHECK(query.filter.countries == std::vector<std::string>{"KE", "NG"});
  CHECK(query.filter.areas == std::vector<std::vector<std::string>>{{"alignment"}});
  CHECK(query.filter.not_flags == std::vector{Flag::near_duplicate});
  CHECK(query.filter.assigned == std::vector<std::int64_t>{71});
  CHECK(query.filter.languages == std::vector<std::string>{"es"});
  CHECK(query.text() ==
        "state:submitted,screening country:KE,NG area:alignment -flag:near_duplicate assigned:me lang:es");
  CHECK(read("estado:enviada país:Kenia", "es").text() == "state:submitted country:KE");
  CHECK(read("assigned:none,\"ana lima\"").filter.assigned == std::vector<std::int64_t>{kNobody, 71});
  CHECK(read("-state:declined,closed").filter.states.size() == 9);
  CHECK(read("state:submitted,screening -state:screening").filter.states == std::vector{State::submitted});
  CHECK(read("area:alignment area:robustness").filter.areas.size() == 2);
  CHECK(read("country:KE,NG country:NG,BR").filter.countries == std::vector<std::string>{"NG"});
  CHECK(read("updated:<7d").filter.sort == Sort::updated);
  CHECK(read("updated:<7d sort:oldest").filter.sort == Sort::oldest);
  CHECK(read("updated:<7d words").filter.sort == Sort::newest);
  CHECK(read("has:file -has:flag").filter.has_file == true);
  CHECK(read("has:file -has:flag").filter.has_flag == false);
  CHECK(read("amount:>5000 months:<=6").filter.readings.size() == 2);
  CHECK(read("institution:\"Uni Nairobi\" probe OR probing -vision").filter.text == "probe OR probing -vision");
  CHECK(read("institution:\"Uni Nairobi\"").filter.institution == "Uni Nairobi");
}

TEST_CASE("a mistake is marked with what to write instead, and the rest narrows") {
  const ReadQuery query = read("contry:KE state:submited word");
  CHECK(wrong(query.problems) == "0-6 unknown_name_meant; 16-24 unknown_value_meant");
  CHECK(query.problems[0].instead == "country");
  CHECK(query.problems[1].instead == "submitted");
  CHECK(query.text() == "word");
  CHECK(read("country:\"Unitd Kingdom\"").problems.at(0).instead == "GB");
  CHECK(read("assigned:\"Ana Lina\"").problems.at(0).instead == "\"Ana Lima\"");
  CHECK(read("state:submitted,nonsense").text() == "state:submitted");
  const std::pair<const char*, const char*> cases[] = {
      {"wibble:x", "0-6 unknown_name"},
      {"state:draft", "6-11 unknown_value"},
      {"country:XX", "8-10 unknown_value"},
      {"submitted:yesterday", "10-19 date"},
      {"amount:>5,000", "10-13 one_value"},
      {"amount:lots", "7-11 amount"},
      {"months:six", "7-10 number"},
      {"-amount:>5000", "0-1 cannot_be_left_out"},
      {"-word", "0-5 only_without"},
      {"state:submitted -state:submitted", "0-32 no_state_left"},
      {"country:KE country:NG", "11-21 nothing_is_both"},
      {"sort:updated words", "0-12 search_order"},
      {"institution:\"?\"", "12-15 no_value"},
  };
  for (const auto& [text, problems] : cases) {
    CAPTURE(text);
    CHECK(wrong(text) == problems);
  }
}

TEST_CASE("every problem has its words in every language") {
  for (const auto& book : program().phrasebooks->all()) {
    for (const char* key : {"too_long",
                            "too_many",
                            "too_deep",
                            "not_opened",
                            "not_closed",
                            "quote_not_closed",
                            "no_value",
                            "lonely_or",
                            "or_joins_words",
                            "field_in_brackets",
                            "only_without",
                            "unknown_name",
                            "unknown_name_meant",
                            "unknown_value",
                            "unknown_value_meant",
                            "cannot_be_left_out",
                            "one_value",
                            "date",
                            "amount",
                            "number",
                            "nothing_is_both",
                            "no_state_left",
                            "search_order"}) {
      CHECK_MESSAGE(book->has("queue.query." + std::string(key)), book->tag() << ": " << key);
    }
  }
}

TEST_CASE("a field is put where it was, and taken out") {
  const auto terms = read("state:submitted word area:alignment").terms;
  CHECK(with_field(terms, Field::state, "screening") == "state:screening word area:alignment");
  CHECK(with_field(terms, Field::state, "") == "word area:alignment");
  CHECK(with_field(terms, Field::country, "KE") == "state:submitted word area:alignment country:KE");
  CHECK(without_term(terms, 1) == "state:submitted area:alignment");
}
