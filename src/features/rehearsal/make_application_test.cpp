#include <doctest/doctest.h>

#include <map>
#include <set>

#include "base/crypto.h"
#include "base/text.h"
#include "features/forms/forms.h"
#include "features/rehearsal/maker.h"
#include "features/rehearsal/texts.h"

using namespace bursary;
using namespace bursary::rehearsal;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow{1'772'357'401'000'000};

std::shared_ptr<const programs::Program> built_in() {
  std::vector<programs::Problem> problems;
  return programs::Programs::open({}, problems).value()->current();
}

std::string digest_of(const Rehearsal& rehearsal, std::int64_t count) {
  const auto program = built_in();
  const Maker maker(rehearsal, *program, kNow);
  std::string all;
  for (std::int64_t i = 0; i < count; ++i) {
    const MadeApplication made = maker.make(i);
    all += forms::to_json(made.answers) + made.locale + to_rfc3339(made.submitted_at) +
           std::string(applications::to_string(made.state)) + std::to_string(made.flags);
  }
  return to_hex(bytes_of(sha256(all)));
}

}  // namespace

TEST_CASE("the same seed makes the same applications, another one others") {
  const std::string one = digest_of({1, 50}, 50);
  CHECK(one == digest_of({1, 50}, 50));
  CHECK(one != digest_of({2, 50}, 50));
}

TEST_CASE("an application depends on its number alone") {
  const auto program = built_in();
  const Maker maker({7, 1000}, *program, kNow);
  const MadeApplication late = maker.make(900);
  CHECK(late.answers == make_application({7, 1000}, 900, *program, kNow).answers);
  CHECK(late.submitted_at == make_application({7, 1000}, 900, *program, kNow).submitted_at);
  CHECK(late.answers != maker.make(901).answers);
}

TEST_CASE("every one could have been submitted, by nobody real") {
  const auto program = built_in();
  const forms::Definition& form = program->form;
  const Maker maker({3, 600}, *program, kNow);
  std::set<std::string> areas, countries, states, people, descriptions;
  std::size_t spanish = 0, restricted = 0, unsupported = 0;
  Instant before{0};
  for (std::int64_t i = 0; i < 600; ++i) {
    const MadeApplication made = maker.make(i);
    const auto problems = forms::check_answers(form, made.answers);
    for (const FieldError& problem : problems) FAIL_CHECK(i << ": " << problem.field << " " << problem.message.key);
    const std::string& email = made.answers.text(form.meanings.email);
    CHECK_MESSAGE((email.ends_with(".example.edu") || email.ends_with("@mail.example.org")), email);
    const std::string& description = made.answers.text(form.meanings.description);
    CHECK(count_words(description) >= 60);
    CHECK(count_words(description) <= 450);
    CHECK(description.find('{') == std::string::npos);
    CHECK(made.submitted_at > before);
    before = made.submitted_at;
    for (const std::string& area : made.answers.choices(form.meanings.areas)) areas.insert(area);
    countries.insert(made.answers.text(form.meanings.country));
    states.insert(std::string(applications::to_string(made.state)));
    people.insert(made.answers.text(form.meanings.first_name) + made.answers.text(form.meanings.last_name));
    descriptions.insert(description);
    spanish += made.locale == "es" ? 1U : 0U;
    restricted += made.answers.answered(form.meanings.models) ? 1U : 0U;
    unsupported += form.country(made.answers.text(form.meanings.country))->supported ? 0U : 1U;
  }
  CHECK(before < kNow);
  CHECK(before > kNow - 24h);
  CHECK(areas.size() == 8);
  CHECK(countries.size() > 60);
  CHECK(states.size() >= 9);
  CHECK_FALSE(states.contains("draft"));
  CHECK(people.size() > 560);
  CHECK(descriptions.size() == 600);
  CHECK(spanish > 30);
  CHECK(spanish < 120);
  CHECK(restricted > 80);
  CHECK(restricted < 160);
  CHECK(unsupported < 30);
}

TEST_CASE("most began as a draft, some of them days before") {
  const auto program = built_in();
  const Maker maker({3, 400}, *program, kNow);
  int drafts = 0, long_ones = 0, links = 0;
  for (std::int64_t i = 0; i < 400; ++i) {
    const MadeApplication made = maker.make(i);
    if (!made.draft) continue;
    ++drafts;
    CHECK(made.draft->started_at < made.submitted_at);
    long_ones += made.submitted_at - made.draft->started_at > 24h ? 1 : 0;
    if (!made.draft->link_mailed_at) continue;
    ++links;
    CHECK(*made.draft->link_mailed_at > made.draft->started_at);
    CHECK(*made.draft->link_mailed_at < made.submitted_at);
  }
  CHECK(drafts > 280);
  CHECK(drafts < 360);
  CHECK(long_ones > 70);
  CHECK(links > 25);
}

TEST_CASE("the first came a year ago, and new ones still wait") {
  const auto program = built_in();
  const Instant now = kIdEpoch + 500 * 24h;
  const Maker maker({3, 1000}, *program, now);
  CHECK(maker.make(0).submitted_at < now - 364 * 24h);
  CHECK(maker.make(0).submitted_at > now - 367 * 24h);
  int fresh = 0;
  for (std::int64_t i = 980; i < 1000; ++i) {
    const auto state = maker.make(i).state;
    fresh += state == applications::State::submitted || state == applications::State::screening ||
                     state == applications::State::withdrawn
                 ? 1
                 : 0;
  }
  CHECK(fresh == 20);
}

TEST_CASE("each came where it stands by moves that there are, in order and before now") {
  const auto program = built_in();
  const Instant now = kIdEpoch + 500 * 24h;
  const Maker maker({4, 800}, *program, now);
  std::size_t moves = 0, told = 0;
  for (std::int64_t i = 0; i < 800; ++i) {
    CAPTURE(i);
    const MadeApplication made = maker.make(i);
    applications::State stands = applications::State::submitted;
    Instant before = made.submitted_at;
    for (const MadeApplication::Move& move : made.moves) {
      CHECK(move.from == stands);
      CHECK((applications::may_move(move.from, move.to, audit::Actor::staff) ||
             applications::may_move(move.from, move.to, audit::Actor::applicant)));
      CHECK(move.at >= before);
      CHECK(move.at < now);
      stands = move.to;
      before = move.at;
      ++moves;
      told += move.to == applications::State::awarded || move.to == applications::State::declined ? 1 : 0;
    }
    CHECK(stands == made.state);
  }
  CHECK(moves > 1600);
  CHECK(told > 400);
}

TEST_CASE("in the first year the first came when ids begin, not before") {
  const auto program = built_in();
  const Maker maker({3, 1000}, *program, kNow);
  CHECK(maker.make(0).submitted_at >= kIdEpoch);
  CHECK(maker.make(0).submitted_at < kIdEpoch + 24h);
  CHECK(maker.make(999).submitted_at > kNow - 24h);
}

TEST_CASE("marker words stand nowhere but where they are drawn, about as often as said") {
  const std::string areas[] = {"alignment", "fairness",    "interdisciplinary", "interpretability",
                               "misuse",    "exploration", "robustness",        "other"};
  std::string rules = std::string(common_rules()) + std::string(spanish_common_rules());
  for (const std::string& area : areas) rules += std::string(area_rules(area)) + std::string(spanish_area_rules(area));
  const auto program = built_in();
  const Maker maker({11, 3000}, *program, kNow);
  std::map<std::string_view, int> found;
  for (std::int64_t i = 0; i < 3000; ++i) {
    const std::string text = forms::to_json(maker.make(i).answers);
    for (const std::string_view word : kCommonMarkers) found[word] += text.find(word) != std::string::npos ? 1 : 0;
    for (const std::string_view word : kMiddleMarkers) found[word] += text.find(word) != std::string::npos ? 1 : 0;
    for (const std::string_view word : kRareMarkers) found[word] += text.find(word) != std::string::npos ? 1 : 0;
  }
  for (const std::string_view word : kCommonMarkers) {
    CHECK(rules.find(word) == std::string::npos);
    CHECK(found[word] > 210);  // 270 expected
    CHECK(found[word] < 330);
  }
  for (const std::string_view word : kMiddleMarkers) {
    CHECK(rules.find(word) == std::string::npos);
    CHECK(found[word] >= 3);  // 15 expected
    CHECK(found[word] <= 35);
  }
  for (const std::string_view word : kRareMarkers) {
    CHECK(rules.find(word) == std::string::npos);
    CHECK(found[word] <= 4);  // 0.3 expected
  }
}
