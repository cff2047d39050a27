// Public pages as one loop answers them: header blocks made once, bodies as they lie in the store. One thread each.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/head.h"
#include "web/page_store.h"
#include "web/pipeline.h"

namespace bursary::net {

// An answer but for what changes from one to the next (Date, request id, Connection, the empty line), which goes
// between the two. Good as long as `alive` is held.
struct StoredAnswer {
  int status = 200;
  std::string_view head;
  std::string_view body;  // empty for HEAD and 304
  std::shared_ptr<const void> alive;
};

class StoredPages {
 public:
  StoredPages(const web::PageStore& store, const web::Pipeline& pipeline) : store_(store), pipeline_(pipeline) {}

  // GET or HEAD of a public page, in the form and language that the head asks for.
  std::optional<StoredAnswer> find(std::string_view path, std::string_view query, const Head& head, bool secure);
  // Whether a path is a public page in any language.
  bool holds(std::string_view path, const Head& head);

 private:
  struct Prepared;
  struct Page;
  Page* find_page(std::string_view path, std::string_view query, const Head& head);
  const std::string& language_of(std::string_view query, const Head& head);

  const web::PageStore& store_;
  const web::Pipeline& pipeline_;
  std::shared_ptr<Prepared> prepared_;
};

}  // namespace bursary::net
