#include "net/stored_pages.h"

#include <array>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "net/answer_head.h"
#include "net/negotiation.h"

namespace bursary::net {
namespace {

// Languages are looked up once for each way to ask; a client that makes up new ways gains nothing.
constexpr std::size_t kLanguageKeys = 512;
constexpr std::size_t kLongestLanguageKey = 256;

struct Form {
  std::string etag;
  std::string head;          // 200
  std::string not_modified;  // 304
  bool made = false;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

// Strong tags differ by form: the same page compressed is other bytes.
std::string tag_of(const web::StoredPage& page, web::Encoding encoding) {
  std::string tag = page.etag;
  if (encoding == web::Encoding::identity || tag.size() < 2) return tag;
  tag.insert(tag.size() - 1, encoding == web::Encoding::brotli ? "-br" : "-gz");
  return tag;
}

web::Response described(const web::StoredPage& page, bool secure) {
  web::Response response;
  response.header("Vary", page.locale.empty() ? "Accept-Encoding" : "Accept-Encoding, Accept-Language, Cookie")
      .header("Cache-Control", page.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  web::add_security_headers(response.headers, secure);
  return response;
}

bool append_all(std::string& out, const web::Headers& headers) {
  for (const auto& [name, value] : headers.lines())
    if (!append_header(out, name, value)) return false;
  return true;
}

Form make_form(const web::StoredPage& page, web::Encoding encoding, bool secure) {
  Form form;
  form.etag = tag_of(page, encoding);
  web::Response response = described(page, secure);
  response.header("ETag", form.etag);
  append_status_line(form.not_modified, 304);
  form.made = append_all(form.not_modified, response.headers);

  response.header("Content-Type", page.media_type);
  if (!page.locale.empty()) response.header("Content-Language", page.locale);
  if (encoding != web::Encoding::identity)
    response.header("Content-Encoding", encoding == web::Encoding::brotli ? "br" : "gzip");
  response.header("Content-Length", std::to_string(page.body(encoding).size()));
  append_status_line(form.head, 200);
  form.made = append_all(form.head, response.headers) && form.made;
  return form;
}

}  // namespace

struct StoredPages::Page {
  const web::StoredPage* stored = nullptr;
  std::array<Form, 6> forms;  // encoding × secure

  const Form& form(web::Encoding encoding, bool secure) {
    Form& form = forms[static_cast<std::size_t>(encoding) * 2 + (secure ? 1 : 0)];
    if (!form.made) form = make_form(*stored, encoding, secure);
    return form;
  }
};

struct StoredPages::Prepared {
  explicit Prepared(std::shared_ptr<const web::PageSet> pages) : set(std::move(pages)) {}

  struct Path {
    std::unique_ptr<Page> page;                                            // without a language, or
    std::vector<std::pair<std::string, std::unique_ptr<Page>>> languages;  // one for each asked for so far
  };
  std::shared_ptr<const web::PageSet> set;
  TextMap<Path> paths;
  TextMap<std::string> languages;  // language_key → locale

  Page* keep(std::unique_ptr<Page>& place, const web::StoredPage* stored) {
    place = std::make_unique<Page>();
    place->stored = stored;
    return place.get();
  }
};

const std::string& StoredPages::language_of(std::string_view query, const Head& head) {
  std::string key = language_key(query, head.cookie, head.accept_language);
  auto& known = prepared_->languages;
  if (const auto found = known.find(key); found != known.end()) return found->second;
  if (known.size() >= kLanguageKeys) known.clear();
  web::Request request;
  request.path = "/";
  request.query = query;
  if (!head.accept_language.empty()) request.headers.add("Accept-Language", std::string(head.accept_language));
  if (!head.cookie.empty()) request.headers.add("Cookie", std::string(head.cookie));
  if (key.size() > kLongestLanguageKey) key.clear();  // not worth keeping: the place of all such
  return known.insert_or_assign(std::move(key), pipeline_.locale_of(request)).first->second;
}

StoredPages::Page* StoredPages::find_page(std::string_view path, std::string_view query, const Head& head) {
  auto current = store_.snapshot();
  if (!prepared_ || prepared_->set != current) prepared_ = std::make_shared<Prepared>(std::move(current));
  if (!prepared_->set) return nullptr;
  const auto found = prepared_->paths.find(path);
  Prepared::Path* known = found == prepared_->paths.end() ? nullptr : &found->second;
  if (known && known->page) return known->page.get();
  if (!known) {
    if (const auto* stored = prepared_->set->find(path, {}))
      return prepared_->keep(prepared_->paths[std::string(path)].page, stored);
  }
  const std::string& locale = language_of(query, head);
  if (known) {
    for (const auto& [tag, page] : known->languages)
      if (tag == locale) return page.get();
  }
  const auto* stored = prepared_->set->find(path, locale);
  if (!stored) return nullptr;
  auto& place = prepared_->paths[std::string(path)].languages.emplace_back(locale, nullptr).second;
  return prepared_->keep(place, stored);
}

bool StoredPages::holds(std::string_view path, const Head& head) { return find_page(path, {}, head) != nullptr; }

std::optional<StoredAnswer> StoredPages::find(std::string_view path, std::string_view query, const Head& head,
                                              bool secure) {
  Page* page = find_page(path, query, head);
  if (!page) return std::nullopt;
  const auto encoding =
      choose_encoding(head.accept_encoding, !page->stored->brotli.empty(), !page->stored->gzip.empty());
  const Form& form = page->form(encoding, secure);
  if (!form.made) return std::nullopt;
  StoredAnswer answer;
  answer.alive = prepared_;
  answer.status = !head.if_none_match.empty() && none_match_holds(head.if_none_match, form.etag) ? 304 : 200;
  answer.head = answer.status == 304 ? form.not_modified : form.head;
  if (answer.status == 200 && head.method != web::Method::head) answer.body = page->stored->body(encoding);
  return answer;
}

}  // namespace bursary::net
