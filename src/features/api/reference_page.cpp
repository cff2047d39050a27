// GET /api: the same as the OpenAPI document, for people. Its chrome is translated; what routes say of themselves is
// English, like the document.
#include <map>
#include <mutex>

#include "features/api/api.h"
#include "features/api/chapters.h"
#include "features/api/reference.html.h"
#include "features/api/reference_view.h"
#include "features/site/site.h"

namespace bursary::api {
namespace {

using web::Schema;

class Reference {
 public:
  Reference(const web::Router& router, const html::Phrasebook& phrases) : phrases_(phrases) {
    for (const Chapter& chapter : kChapters) {
      ChapterView view{chapter.name, chapter.name, chapter.about, {}};
      view.title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(view.title[0])));
      for (const auto& route : router.routes()) {
        if (route->operation && route->operation->tag == chapter.name) view.operations.push_back(of(*route));
      }
      if (!view.operations.empty()) view_.chapters.push_back(std::move(view));
    }
  }

  ReferenceView take() {
    for (auto& [name, shape] : shapes_) view_.shapes.push_back(std::move(shape));
    return std::move(view_);
  }

 private:
  OperationView of(const web::Route& route) {
    const web::Operation& operation = *route.operation;
    OperationView view;
    view.id = operation.id;
    view.method = web::to_string(route.method);
    view.path = route.path;
    view.summary = operation.summary;
    if (!operation.about.empty()) view.about = html::markdown(operation.about);
    view.open = route.permission == web::Permission::anyone;
    if (!view.open && route.permission != web::Permission::staff) view.scope = web::to_string(route.permission);
    if (!operation.parameters.empty()) {
      PartsView parameters{phrases_.text("api.parameters"), operation.summary, false, {}};
      for (const web::Parameter& one : operation.parameters) {
        PartView part = part_of(one.name, one.schema);
        if (!one.about.empty()) part.about = html::markdown(one.about);
        part.needed = one.required;
        parameters.parts.push_back(std::move(part));
      }
      view.takes.push_back(std::move(parameters));
    }
    if (operation.takes)
      view.takes.push_back(members_of(*operation.takes, phrases_.text("api.body"), operation.summary));
    for (const web::Given& given : operation.gives) {
      const PartView part = part_of({}, given.schema);
      const bool json = given.media_type == "application/json";
      view.gives.push_back(
          {std::to_string(given.status), given.about, json ? part.kind : given.media_type, json ? part.shape : ""});
    }
    return view;
  }

  PartsView members_of(const Schema& schema, std::string title, std::string of = {}) {
    const Schema& object = schema.kind == Schema::Kind::named ? *schema.definition : schema;
    PartsView view{std::move(title), std::move(of), false, {}};
    for (const web::Member& member : object.members) {
      view.parts.push_back(part_of(member.name, member.schema));
      view.parts.back().needed = member.required;
    }
    return view;
  }

  PartView part_of(std::string name, const Schema& schema) {
    PartView view;
    view.name = std::move(name);
    if (!schema.about.empty()) view.about = html::markdown(schema.about);
    view.nullable = schema.nullable;
    const Schema* inner = &schema;
    if (schema.kind == Schema::Kind::list && !schema.items.empty()) {
      inner = &schema.items.front();
      view.kind = "list of ";
    }
    if (inner->kind == Schema::Kind::named) {
      view.shape = inner->name;
      keep(*inner);
    } else {
      view.kind += word_of(*inner);
    }
    return view;
  }

  // An unnamed object inside another is told by its members' names.
  std::string word_of(const Schema& schema) {
    switch (schema.kind) {
      case Schema::Kind::any:
        return "any JSON";
      case Schema::Kind::text:
        if (!schema.choices.empty()) return fmt::format("{}", fmt::join(schema.choices, " | "));
        return schema.format.empty() ? "text" : schema.format;
      case Schema::Kind::integer:
        return "whole number";
      case Schema::Kind::number:
        return "number";
      case Schema::Kind::boolean:
        return "true | false";
      case Schema::Kind::list:
        return "list";
      case Schema::Kind::named:
        return schema.name;
      case Schema::Kind::object:
        break;
    }
    std::string names;
    for (const web::Member& member : schema.members) {
      part_of({}, member.schema);  // keeps the shapes inside
      names += (names.empty() ? "" : ", ") + member.name;
    }
    return names.empty() ? "object" : "{" + names + "}";
  }

  void keep(const Schema& schema) {
    if (shapes_.contains(schema.name)) return;
    ShapeView& shape = shapes_[schema.name];
    shape.name = schema.name;
    const Schema& what = *schema.definition;
    shape.about = what.about;
    if (what.kind == Schema::Kind::object && !what.members.empty()) {
      PartsView members = members_of(what, phrases_.text("api.members", {{"name", schema.name}}));
      members.titled_above = true;
      shapes_[schema.name].parts.push_back(std::move(members));
    } else {
      shape.kind = word_of(what);
    }
  }

  const html::Phrasebook& phrases_;
  ReferenceView view_;
  std::map<std::string, ShapeView> shapes_;
};

// The article in each language, made when it is first asked for: routes do not change, phrases do with their program.
class Articles {
 public:
  explicit Articles(const web::Router& router) : router_(router) {}
  std::shared_ptr<const html::SafeHtml> in(const html::Phrasebook& phrases, const std::string& version) {
    const std::scoped_lock lock(mutex_);
    if (version != version_) made_.clear();
    version_ = version;
    auto& made = made_[phrases.tag()];
    if (!made) {
      html::Writer body(phrases);
      tpl::api::reference(body, Reference(router_, phrases).take());
      made = std::make_shared<const html::SafeHtml>(body.take());
    }
    return made;
  }

 private:
  const web::Router& router_;
  std::mutex mutex_;
  std::string version_;
  std::map<std::string, std::shared_ptr<const html::SafeHtml>, std::less<>> made_;
};

}  // namespace

void add_reference(web::Router& router, programs::Programs& programs) {
  const auto articles = std::make_shared<Articles>(router);
  const auto show = [articles, &programs](const web::Request&, const web::Context& context) {
    const auto program = programs.current();
    site::PageHead head;
    head.title = context.phrases.text("api.title");
    head.description = context.phrases.text("api.lede");
    head.path = "/api";
    return site::page(*program, context, head, *articles->in(context.phrases, program->version));
  };
  router.add({web::Method::get, "/api", web::Permission::anyone, show});
}

}  // namespace bursary::api
