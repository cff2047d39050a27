// What a JSON value may look like: the part of JSON Schema (2020-12) that the API uses, as a plain value. The OpenAPI
// document is made of it, and what comes in is checked against the same (features/api): there is no second truth.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bursary::web {

struct Member;

struct Schema {
  enum class Kind { any, text, integer, number, boolean, list, object, named };
  Kind kind = Kind::any;
  std::string about;                        // in a sentence, for who reads the document
  std::string format;                       // of a text: "date-time", "date", "email"; checked where it can be
  std::vector<std::string> choices;         // of a text: nothing else
  std::optional<std::int64_t> least, most;  // a number's value, a text's characters, a list's items
  bool nullable = false;
  std::vector<Member> members;  // of an object: these, and nothing else unless `others` says of what kind
  std::vector<Schema> items;    // of a list: one. Of an object: what other members are; none: there are no others
  // Of Kind::named: what stands under "#/components/schemas/<name>".
  std::string name;
  std::shared_ptr<const Schema> definition;

  Schema said(std::string text) &&;  // with `about`
  Schema or_null() &&;
  Schema between(std::int64_t smallest, std::int64_t largest) &&;
};

struct Member {
  std::string name;
  Schema schema;
  bool required = true;
};

// {"type": "string"}; `format` as JSON Schema names it.
Schema text(std::string format = {});
Schema choice(std::vector<std::string> choices);
Schema moment();  // RFC 3339 in UTC
Schema whole();
Schema number();
Schema yes_no();
Schema list_of(Schema item);
Schema object(std::vector<Member> members);
Schema map_of(Schema value);  // an object with whatever names
Schema anything();
// A schema of its own in the document. Two of one name must be the same (refused at start).
Schema named(std::string name, Schema definition);
// A member that may be missing.
Member optional(std::string name, Schema schema);

}  // namespace bursary::web
