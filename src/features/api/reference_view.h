// What the reference of the API shows. Private.
#pragma once
#include <string>
#include <vector>

#include "html/writer.h"

namespace bursary::api {

// A parameter, or a member of a JSON object.
struct PartView {
  std::string name;
  html::SafeHtml about;
  std::string kind;   // "text", "list of", empty before a shape alone
  std::string shape;  // name of a shape, linked
  bool needed = false, nullable = false;
};
struct PartsView {
  std::string title, of;  // of: which operation; empty: the title says it
  bool titled_above = false;
  std::vector<PartView> parts;
};
struct AnswerView {
  std::string status, about, kind, shape;
};
struct OperationView {
  std::string id, method, path, summary;
  html::SafeHtml about;
  std::string scope;  // empty: any token may
  bool open = false;  // without a token too
  std::vector<PartsView> takes;
  std::vector<AnswerView> gives;
};
struct ChapterView {
  std::string name, title, about;
  std::vector<OperationView> operations;
};
struct ShapeView {
  std::string name, about, kind;  // kind: of what is no object
  std::vector<PartsView> parts;
};
struct ReferenceView {
  std::vector<ChapterView> chapters;
  std::vector<ShapeView> shapes;
};

}  // namespace bursary::api
