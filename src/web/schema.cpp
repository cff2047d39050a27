#include "web/schema.h"

namespace bursary::web {
namespace {

Schema of(Schema::Kind kind) {
  Schema schema;
  schema.kind = kind;
  return schema;
}

}  // namespace

Schema Schema::said(std::string text) && {
  about = std::move(text);
  return std::move(*this);
}

Schema Schema::or_null() && {
  nullable = true;
  return std::move(*this);
}

Schema Schema::between(std::int64_t smallest, std::int64_t largest) && {
  least = smallest;
  most = largest;
  return std::move(*this);
}

Schema text(std::string format) {
  Schema schema = of(Schema::Kind::text);
  schema.format = std::move(format);
  return schema;
}

Schema choice(std::vector<std::string> choices) {
  Schema schema = of(Schema::Kind::text);
  schema.choices = std::move(choices);
  return schema;
}

Schema moment() { return text("date-time"); }
Schema whole() { return of(Schema::Kind::integer); }
Schema number() { return of(Schema::Kind::number); }
Schema yes_no() { return of(Schema::Kind::boolean); }
Schema anything() { return of(Schema::Kind::any); }

Schema list_of(Schema item) {
  Schema schema = of(Schema::Kind::list);
  schema.items.push_back(std::move(item));
  return schema;
}

Schema object(std::vector<Member> members) {
  Schema schema = of(Schema::Kind::object);
  schema.members = std::move(members);
  return schema;
}

Schema map_of(Schema value) {
  Schema schema = of(Schema::Kind::object);
  schema.items.push_back(std::move(value));
  return schema;
}

Schema named(std::string name, Schema definition) {
  Schema schema = of(Schema::Kind::named);
  schema.name = std::move(name);
  schema.definition = std::make_shared<const Schema>(std::move(definition));
  return schema;
}

Member optional(std::string name, Schema schema) { return {std::move(name), std::move(schema), false}; }

}  // namespace bursary::web
