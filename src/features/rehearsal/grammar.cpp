#include "features/rehearsal/grammar.h"

#include <charconv>
#include <stdexcept>

#include "base/text.h"

namespace bursary::rehearsal {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw std::logic_error("rehearsal grammar: " + what); }

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(by, at), text.size());
    parts.push_back(trim(text.substr(at, end - at)));
    at = end + 1;
  }
  return parts;
}

void capitalise(std::string& text, std::size_t at) {
  if (at < text.size() && text[at] >= 'a' && text[at] <= 'z') text[at] = static_cast<char>(text[at] - 'a' + 'A');
}

}  // namespace

Grammar::Grammar(std::initializer_list<std::string_view> sources) {
  std::vector<std::pair<std::string, std::string>> rules;
  for (const std::string_view source : sources) read(source, rules);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    is_subject_.push_back(rules[i].first.ends_with('*'));
    if (is_subject_.back()) rules[i].first.pop_back();
    if (!rules_.try_emplace(rules[i].first, i).second) refuse("two rules for " + rules[i].first);
  }
  for (const auto& [symbol, text] : rules) {
    std::vector<Way> ways;
    for (const std::string_view way : split(text, '|')) {
      if (way.empty()) refuse("an empty way to say " + symbol);
      ways.push_back(parse(way));
    }
    ways_.push_back(std::move(ways));
  }
  std::vector<int> visited(ways_.size());
  for (std::size_t rule = 0; rule < ways_.size(); ++rule) check_depth(rule, visited);
}

void Grammar::read(std::string_view source, std::vector<std::pair<std::string, std::string>>& rules) const {
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t end = std::min(source.find('\n', at), source.size());
    const std::string_view line = source.substr(at, end - at);
    at = end + 1;
    if (trim(line).empty()) continue;
    if (line.front() == ' ') {
      if (rules.empty()) refuse("goes on with nothing: " + std::string(line));
      rules.back().second.append(1, ' ').append(trim(line));
      continue;
    }
    const std::size_t equals = line.find(" =");
    if (equals == std::string_view::npos) refuse("no rule: " + std::string(line));
    rules.emplace_back(line.substr(0, equals), line.substr(equals + 2));
  }
}

Grammar::Way Grammar::parse(std::string_view text) const {
  Way way;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('{', at), text.size());
    if (open > at) way.push_back({Piece::Kind::literal, false, std::string(text.substr(at, open - at)), 0, 0, 0});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) refuse("an open brace: " + std::string(text));
    way.push_back(slot(text.substr(open + 1, close - open - 1)));
    at = close + 1;
  }
  return way;
}

Grammar::Piece Grammar::slot(std::string_view inside) const {
  Piece piece;
  piece.capital = inside.starts_with('^');
  if (piece.capital) inside.remove_prefix(1);
  if (const auto found = rules_.find(std::string(inside)); found != rules_.end()) {
    piece.kind = Piece::Kind::rule;
    piece.rule = found->second;
    return piece;
  }
  const std::size_t dash = inside.find('-');
  piece.kind = Piece::Kind::number;
  if (dash != std::string_view::npos) {
    const char* const middle = inside.data() + dash;
    const char* const end = inside.data() + inside.size();
    const bool whole = std::from_chars(inside.data(), middle, piece.from).ptr == middle &&
                       std::from_chars(middle + 1, end, piece.to).ptr == end;
    if (whole && piece.from <= piece.to) return piece;
  }
  refuse("no rule " + std::string(inside));
}

void Grammar::check_depth(std::size_t rule, std::vector<int>& visited) const {
  constexpr int kWithin = 1, kDone = 2;
  if (visited[rule] == kDone) return;
  if (visited[rule] == kWithin) refuse("a rule leads back to itself");
  visited[rule] = kWithin;
  for (const Way& way : ways_[rule]) {
    for (const Piece& piece : way) {
      if (piece.kind == Piece::Kind::rule) check_depth(piece.rule, visited);
    }
  }
  visited[rule] = kDone;
}

void Grammar::say(std::string_view symbol, Random& random, Telling& telling, std::string& out) const {
  const auto found = rules_.find(std::string(symbol));
  if (found == rules_.end()) refuse("nothing says " + std::string(symbol));
  for (auto& [rule, subject] : telling.subjects_) subject.said = 0;
  const std::size_t rule = found->second;
  say_way(ways_[rule][fresh_way(rule, random, telling)], random, telling, out);
}

std::string Grammar::say(std::string_view symbol, Random& random) const {
  Telling telling;
  std::string out;
  say(symbol, random, telling, out);
  return out;
}

std::size_t Grammar::fresh_way(std::size_t rule, Random& random, Telling& telling) const {
  std::vector<std::size_t>& used = telling.used_[rule];
  if (used.size() == ways_[rule].size()) used.clear();
  for (;;) {
    const std::size_t way = random.below(ways_[rule].size());
    if (std::find(used.begin(), used.end(), way) != used.end()) continue;
    used.push_back(way);
    return way;
  }
}

std::size_t Grammar::subject_way(std::size_t rule, Random& random, Telling& telling) const {
  const std::size_t count = ways_[rule].size();
  Telling::Subject& subject = telling.subjects_[rule];
  if (!subject.settled) {
    subject.settled = true;
    subject.first = random.below(count);
    subject.second = count > 1 ? (subject.first + 1 + random.below(count - 1)) % count : 0;
    subject.last = subject.second;
  }
  // Two in one sentence differ; a sentence with one keeps mostly to the first.
  std::size_t way = random.below(5) == 0 ? subject.second : subject.first;
  if (subject.said == 1) way = subject.last == subject.first ? subject.second : subject.first;
  if (subject.said > 1) way = random.below(count);
  subject.last = way;
  ++subject.said;
  return way;
}

void Grammar::say_way(const Way& way, Random& random, Telling& telling, std::string& out) const {
  for (const Piece& piece : way) {
    const std::size_t at = out.size();
    switch (piece.kind) {
      case Piece::Kind::literal:
        out += piece.text;
        break;
      case Piece::Kind::rule: {
        const std::vector<Way>& ways = ways_[piece.rule];
        const std::size_t chosen =
            is_subject_[piece.rule] ? subject_way(piece.rule, random, telling) : random.below(ways.size());
        say_way(ways[chosen], random, telling, out);
        break;
      }
      case Piece::Kind::number:
        out += std::to_string(piece.from + static_cast<std::int64_t>(
                                               random.below(static_cast<std::uint64_t>(piece.to - piece.from) + 1)));
        break;
    }
    if (piece.capital) capitalise(out, at);
  }
}

}  // namespace bursary::rehearsal
