#include "features/site/outline.h"

#include <set>

#include "base/text.h"

namespace bursary::site {
namespace {

struct Found {
  std::size_t begin = 0, inner = 0, inner_end = 0, end = 0;  // "<h3>" "inner" "</h3>"
  char level = '2';
};

// False: there is none further on.
bool next_heading(std::string_view html, std::size_t from, Found& found) {
  for (std::size_t at = html.find("<h", from); at != std::string_view::npos; at = html.find("<h", at + 2)) {
    if (at + 4 > html.size() || html[at + 2] < '2' || html[at + 2] > '6' || html[at + 3] != '>') continue;  // <hr>
    const std::size_t close = html.find(fmt::format("</h{}>", html[at + 2]), at);
    if (close == std::string_view::npos) return false;
    found = {at, at + 4, close, close + 5, html[at + 2]};
    return true;
  }
  return false;
}

std::vector<Found> headings_in(std::string_view html) {
  std::vector<Found> all;
  Found found;
  while (next_heading(html, found.end, found)) all.push_back(found);
  return all;
}

char highest_level(std::string_view html) {
  char highest = '6';
  for (const Found& found : headings_in(html)) highest = std::min(highest, found.level);
  return highest;
}

// "Ask &amp; why" → "Ask  why": what an id is made from.
std::string without_entities(std::string_view html) {
  std::string text;
  for (std::size_t at = 0; at < html.size(); ++at) {
    const std::size_t end = html[at] == '&' ? html.find(';', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += html[at];
    } else {
      text += ' ';
      at = end;
    }
  }
  return text;
}

std::string without_tags(std::string_view html) {
  std::string text;
  bool inside = false;
  for (const char c : html) {
    if (c == '<') inside = true;
    if (!inside) text += c;
    if (c == '>') inside = false;
  }
  return text;
}

class Ids {
 public:
  std::string take(std::string_view title) {
    std::string id = fragment_of(title);
    if (id.empty()) id = "part";
    std::string unique = id;
    for (int n = 2; !taken_.insert(unique).second; ++n) unique = fmt::format("{}-{}", id, n);
    return unique;
  }

 private:
  std::set<std::string> taken_{"main", "menu", "top", "site-search"};  // the layout's own
};

// The text with its headings shifted and named. Safe: only the tags of headings change, and ids are letters and digits.
std::string with_ids(std::string_view html, Ids& ids, std::vector<Heading>* listed) {
  const char highest = highest_level(html);
  std::string out;
  std::size_t done = 0;
  for (const Found& found : headings_in(html)) {
    const std::string_view inner = html.substr(found.inner, found.inner_end - found.inner);
    const std::string text = without_tags(inner);
    const char level = static_cast<char>('2' + (found.level - highest));
    const std::string id = ids.take(without_entities(text));
    out.append(html.substr(done, found.begin - done));
    out += fmt::format("<h{0} id=\"{1}\">{2}</h{0}>", level, id, inner);
    if (level == '2' && listed != nullptr) listed->push_back({id, html::SafeHtml::trusted(text)});
    done = found.end;
  }
  out.append(html.substr(done));
  return out;
}

}  // namespace

std::string fragment_of(std::string_view title) {
  std::string id;
  for (const char c : fold(title)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80;
    if (kept) {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id;
}

std::string plain_text(const html::SafeHtml& markdown) {
  static constexpr std::pair<std::string_view, char> kEntities[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
  const std::string text = without_tags(markdown.str());
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto* entity = std::find_if(std::begin(kEntities), std::end(kEntities),
                                      [&](const auto& one) { return rest.starts_with(one.first); });
    plain += entity == std::end(kEntities) ? text[at] : entity->second;
    if (entity != std::end(kEntities)) at += entity->first.size() - 1;
  }
  return plain;
}

Outline outline_of(const html::SafeHtml& markdown) {
  Outline outline;
  Ids ids;
  outline.html = html::SafeHtml::trusted(with_ids(markdown.str(), ids, &outline.headings));
  return outline;
}

std::vector<Chapter> chapters_of(const html::SafeHtml& markdown) {
  Ids ids;
  std::vector<Heading> headings;
  const std::string html = with_ids(markdown.str(), ids, &headings);
  std::vector<Chapter> chapters;
  std::size_t done = 0;
  Heading current;
  const auto close = [&](std::size_t end) {
    const std::string body = html.substr(done, end - done);
    if (!current.id.empty() || body.find_first_not_of(" \n") != std::string::npos) {
      chapters.push_back({current, html::SafeHtml::trusted(body)});
    }
  };
  for (const Heading& heading : headings) {
    const std::size_t at = html.find(fmt::format("<h2 id=\"{}\">", heading.id), done);
    close(at);
    current = heading;
    done = html.find("</h2>", at) + 5;
  }
  close(html.size());
  return chapters;
}

}  // namespace bursary::site
