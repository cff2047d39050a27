#include "features/queue/query_parse.h"

#include <algorithm>

namespace bursary::queue {
namespace {

using Kind = QueryNode::Kind;

// White space, and quotes as word processors make them, by their bytes.
struct SignText {
  std::string_view bytes;
  char means;
};
constexpr SignText kSigns[] = {{"\xC2\xA0", ' '},     {"\xE3\x80\x80", ' '}, {"\xE2\x80\x9C", '"'},
                               {"\xE2\x80\x9D", '"'}, {"\xE2\x80\x9E", '"'}, {"\xE2\x80\xAF", ' '}};

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ParsedQuery parse() {
    out_.terms = sequence(0);
    if (too_many_) {
      out_.terms.clear();
      out_.problems = {{{0, text_.size()}, Phrase("queue.query.too_many", {{"limit", std::to_string(kMostTerms)}})}};
    }
    std::ranges::stable_sort(out_.problems, {}, [](const QueryProblem& problem) { return problem.span.begin; });
    return std::move(out_);
  }

 private:
  struct Here {
    char sign = 0;  // 0: part of a word
    std::size_t bytes = 0;
  };
  Here here() const { return at(at_); }
  Here at(std::size_t place) const {
    if (place >= text_.size()) return {};
    const char c = text_[place];
    if (static_cast<unsigned char>(c) <= ' ') return {' ', 1};
    if (c == '"' || c == '(' || c == ')') return {c, 1};
    for (const SignText& sign : kSigns) {
      if (text_.substr(place).starts_with(sign.bytes)) return {sign.means, sign.bytes.size()};
    }
    return {0, 1};
  }
  bool done() const { return at_ >= text_.size(); }
  void skip_space() {
    while (!done() && here().sign == ' ') at_ += here().bytes;
  }
  void problem(Span span, std::string key, std::optional<std::string> instead = std::nullopt) {
    Phrase message("queue.query." + std::move(key),
                   {{"given", std::string(text_.substr(span.begin, span.end - span.begin))}});
    out_.problems.push_back({span, std::move(message), std::move(instead)});
  }

  // Until the end, or the bracket that closes.
  std::vector<QueryNode> sequence(std::size_t depth) {
    std::vector<QueryNode> items;
    std::optional<Span> joined;  // an OR that waits for its right side
    for (;;) {
      skip_space();
      if (done() || too_many_) break;
      if (here().sign == ')') {
        if (depth > 0) break;
        problem({at_, at_ + 1}, "not_opened", "");
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      if (const auto word = connective()) {
        if (*word != "OR") continue;
        if (joined || items.empty()) {
          problem({begin, at_}, "lonely_or");
        } else {
          joined = Span{begin, at_};
        }
        continue;
      }
      auto node = term(depth);
      if (!node) continue;
      if (joined) {
        join(items, std::move(*node), *joined);
        joined.reset();
      } else {
        items.push_back(std::move(*node));
      }
    }
    if (joined) problem(*joined, "lonely_or");
    return items;
  }

  // "OR" and "AND" that stand alone.
  std::optional<std::string_view> connective() {
    for (const std::string_view word : {std::string_view("OR"), std::string_view("AND")}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      const std::size_t after = at_ + word.size();
      if (after < text_.size() && at(after).sign == 0) continue;
      at_ = after;
      return word;
    }
    return std::nullopt;
  }

  void join(std::vector<QueryNode>& items, QueryNode&& node, Span between) {
    QueryNode& left = items.back();
    const auto fits = [](const QueryNode& one) { return one.kind != Kind::field && !one.negated; };
    if (!fits(left) || !fits(node)) {
      problem(between, "or_joins_words");
      items.push_back(std::move(node));
      return;
    }
    if (left.kind != Kind::any_of) {
      QueryNode any;
      any.kind = Kind::any_of;
      any.span = left.span;
      any.children.push_back(std::move(left));
      left = std::move(any);
    }
    left.span.end = node.span.end;
    left.children.push_back(std::move(node));
  }

  std::optional<QueryNode> term(std::size_t depth) {
    if (++terms_ > kMostTerms) {
      too_many_ = true;
      return std::nullopt;
    }
    const std::size_t begin = at_;
    bool negated = false;
    if (text_[at_] == '-' && at_ + 1 < text_.size() && at(at_ + 1).sign != ' ' && at(at_ + 1).sign != ')') {
      negated = true;
      ++at_;
    }
    std::optional<QueryNode> node;
    if (here().sign == '(') {
      node = group(depth);
    } else if (here().sign == '"') {
      node = phrase();
    } else {
      node = word_or_field();
    }
    if (!node) return std::nullopt;
    node->negated = negated;
    node->span.begin = begin;
    if (depth > 0 && node->kind == Kind::field) {
      problem(node->span, "field_in_brackets");
      return std::nullopt;
    }
    return node;
  }

  std::optional<QueryNode> group(std::size_t depth) {
    const std::size_t begin = at_++;
    if (depth == kDeepestQuery) {
      // Nothing behind it is read: whoever sends a thousand brackets gets one answer.
      problem({begin, text_.size()}, "too_deep");
      at_ = text_.size();
      cut_ = true;
      return std::nullopt;
    }
    QueryNode node;
    node.kind = Kind::all_of;
    node.children = sequence(depth + 1);
    if (done()) {
      if (!too_many_ && !cut_) problem({begin, begin + 1}, "not_closed", "");
    } else {
      ++at_;
    }
    node.span = {begin, at_};
    if (node.children.empty()) return std::nullopt;
    if (std::ranges::all_of(node.children, &QueryNode::negated)) {
      problem(node.span, "only_without");
      return std::nullopt;
    }
    if (node.children.size() == 1) {
      QueryNode only = std::move(node.children.front());
      only.span = node.span;
      return only;
    }
    return node;
  }

  // Between quotes; nothing where they are not closed.
  std::optional<std::string> quoted() {
    const std::size_t begin = at_;
    const std::size_t inside = at_ + here().bytes;
    for (std::size_t end = inside; end < text_.size(); end += at(end).bytes) {
      if (at(end).sign != '"') continue;
      at_ = end + at(end).bytes;
      return std::string(text_.substr(inside, end - inside));
    }
    problem({begin, inside}, "quote_not_closed", "");
    at_ = inside;
    return std::nullopt;
  }

  std::optional<QueryNode> phrase() {
    const std::size_t begin = at_;
    auto text = quoted();
    if (!text) return std::nullopt;
    QueryNode node;
    node.kind = Kind::phrase;
    node.span = {begin, at_};
    node.text = std::move(*text);
    return node;
  }

  // A run of what belongs to words; stops before `stop` too.
  std::string_view run(std::string_view stop = {}) {
    const std::size_t begin = at_;
    while (!done() && here().sign == 0 && stop.find(text_[at_]) == std::string_view::npos) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  std::optional<QueryNode> word_or_field() {
    QueryNode node;
    const std::size_t begin = at_;
    const std::string_view name = run(":");
    const bool address = text_.substr(at_).starts_with("://");
    if (!done() && text_[at_] == ':' && is_name(name) && !address) {
      node.kind = Kind::field;
      node.text = name;
      node.name = {begin, at_};
      ++at_;
      return values(std::move(node), begin);
    }
    run();
    node.text = text_.substr(begin, at_ - begin);
    node.span = {begin, at_};
    return node;
  }

  std::optional<QueryNode> values(QueryNode&& node, std::size_t begin) {
    for (;;) {
      QueryValue value;
      value.span.begin = at_;
      if (!done() && here().sign == '"') {
        auto text = quoted();
        if (!text) return std::nullopt;
        value.quoted = true;
        value.text = std::move(*text);
      } else {
        value.text = run(",");
        // A comparison before a quote belongs to it: institution:"…" has none, and >"…" means nothing.
      }
      value.span.end = at_;
      if (!value.text.empty()) node.values.push_back(std::move(value));
      if (done() || text_[at_] != ',') break;
      ++at_;
      if (node.values.size() > kMostTerms) too_many_ = true;
      skip_space();
    }
    node.span = {begin, at_};
    if (node.values.empty()) {
      problem(node.span, "no_value");
      return std::nullopt;
    }
    return std::move(node);
  }

  std::string_view text_;
  std::size_t at_ = 0, terms_ = 0;
  bool too_many_ = false, cut_ = false;
  ParsedQuery out_;
};

// Whether text stands as it is, without quotes, where `separators` would end it.
bool needs_quotes(std::string_view text, std::string_view separators) {
  if (text.empty() || text.find_first_of(separators) != std::string_view::npos) return true;
  return std::ranges::any_of(kSigns,
                             [&](const SignText& sign) { return text.find(sign.bytes) != std::string_view::npos; }) ||
         std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? '\'' : c;
  return out + "\"";
}

}  // namespace

ParsedQuery parse_query(std::string_view text) {
  if (text.size() > kLongestQuery) {
    ParsedQuery out;
    out.problems.push_back({{0, 0}, Phrase("queue.query.too_long", {{"limit", std::to_string(kLongestQuery)}})});
    return out;
  }
  return Parser(text).parse();
}

std::string to_value_text(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) {
    if (&value != values.data()) out += ',';
    out += needs_quotes(value, ",()\"") ? in_quotes(value) : value;
  }
  return out;
}

std::string to_text(const QueryNode& term) {
  std::string out = term.negated ? "-" : "";
  switch (term.kind) {
    case Kind::word:
      return out + term.text;
    case Kind::phrase:
      return out + in_quotes(term.text);
    case Kind::field: {
      std::vector<std::string> values;
      values.reserve(term.values.size());
      for (const QueryValue& value : term.values) values.push_back(value.text);
      return out + term.text + ":" + to_value_text(values);
    }
    case Kind::any_of:
      for (const QueryNode& child : term.children)
        out += (&child == term.children.data() ? "" : " OR ") + to_text(child);
      return term.negated ? "-(" + out.substr(1) + ")" : out;
    case Kind::all_of:
      return out + "(" + to_text(term.children) + ")";
  }
  return out;
}

std::string to_text(const std::vector<QueryNode>& terms) {
  std::string out;
  for (const QueryNode& term : terms) out += (out.empty() ? "" : " ") + to_text(term);
  return out;
}

}  // namespace bursary::queue
