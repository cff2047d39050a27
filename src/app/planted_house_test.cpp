#include "app/planted_house.h"

#include "features/applications/people.h"

namespace bursary::app {
namespace {

namespace json = boost::json;
using web::Method;

constexpr const char* kOrigin = "https://apply.example.org";
constexpr const char* kEmail = "amina@example.org";
constexpr const char* kEveryScope =
    "read_applications export_applications screen_applications decide_applications read_messages send_messages "
    "read_audit manage_people manage_program";
constexpr db::Query<0> kMailed{"trial.mailed", "select id, placeholders from message order by id",
                               "select id, placeholders from message order by id"};

std::string text_of(const json::value& value) { return std::string(std::string_view(value.as_string())); }

}  // namespace

PlantedHouse::PlantedHouse() : OpenedHouse(0) {
  maker_ = add_person("maker@example.org", 0);
  staff = session_of(maker_, true);
  token = token_of(maker_, kEveryScope);
  applicant = session_of(kEmail, std::nullopt, true);
  plant_applications();
  plant_decisions();
  plant_console();
  plant_links();
}

std::string PlantedHouse::place(const web::Route& route, const std::string& name) const {
  const auto by_name = places_.find(name);
  std::string found = by_name == places_.end() ? "1" : by_name->second;
  std::size_t longest = 0;
  for (const auto& [path, value] : places_) {
    const bool is_of = route.path.starts_with(path) && path.find("{" + name + "}") == path.rfind('{');
    if (!path.starts_with('/') || !is_of || path.size() < longest) continue;
    found = value;
    longest = path.size();
  }
  return found;
}

web::Request PlantedHouse::as_nobody(const web::Route& route) const {
  web::Request request = to(route, kOrigin, [&](const std::string& name) { return place(route, name); });
  if (is_api(route) && changes_something(route)) request.headers.add("If-Match", "*");
  return request;
}

web::Request PlantedHouse::as(const std::string& cookie, const web::Route& route) const {
  web::Request request = as_nobody(route);
  request.headers.add(is_api(route) ? "Authorization" : "Cookie", is_api(route) ? token : cookie);
  return request;
}

json::object PlantedHouse::call(Method method, const std::string& path, const json::value& body) const {
  web::Request asked = request(method, "/api/v1" + path);
  asked.headers.add("Authorization", token);
  if (!body.is_null()) {
    asked.headers.add("Content-Type", "application/json");
    asked.body = std::make_shared<web::MemoryBody>(json::serialize(body));
  }
  const web::Response response = ask(asked);
  const std::string text = body_of(response);
  CAPTURE(path);
  CAPTURE(text);
  REQUIRE(response.status / 100 == 2);
  return json::parse(text).as_object();
}

std::string PlantedHouse::post(const std::string& path, std::string form, const std::string& cookie) const {
  web::Request asked = request(Method::post, path);
  asked.headers.add("Origin", kOrigin);
  asked.headers.add("Content-Type", "application/x-www-form-urlencoded");
  asked.headers.add("Cookie", cookie);
  form += "&_token=" + web::form_token(house->folder().secrets().form, cookie.substr(cookie.find('=') + 1));
  asked.body = std::make_shared<web::MemoryBody>(form);
  const web::Response response = ask(asked);
  CAPTURE(path);
  CAPTURE(body_of(response));
  REQUIRE(response.status == 303);
  return std::string(response.headers.find("Location").value_or(""));
}

applications::Submitted PlantedHouse::submit(const std::string& description) const {
  const auto program = house->programs().current();
  applications::SubmitRequest request;
  request.locale = "en";
  forms::Answers& answers = request.answers;
  const std::pair<const char*, const char*> texts[] = {
      {"first_name", "Amina"},  {"last_name", "Otieno"},
      {"email", kEmail},        {"institution", "University of Nairobi"},
      {"country", "KE"},        {"project_description", description.c_str()},
      {"timeline", "6 months"}, {"budget", "USD 5,000"},
      {"investigators", "2"}};
  for (const auto& [key, value] : texts) answers.set(key, std::string(value));
  answers.set("research_areas", std::vector<std::string>{"alignment"});
  answers.set("model_types", std::vector<std::string>{"natural-language"});
  for (const forms::Section& section : program->form.sections) {
    for (const forms::Question& question : section.questions) {
      if (question.type == forms::QuestionType::consent)
        answers.set(question.key, program->form.consent_version(question));
    }
  }
  const auto submitted = applications::submit(house->applications(), request);
  REQUIRE(submitted);
  return *submitted;
}

messages::DeskParts PlantedHouse::desk() const {
  const applications::Parts& parts = house->applications();
  return {parts.database, parts.clock, parts.random, parts.ids, parts.programs, parts.public_address, parts.secret};
}

// One with a letter, changes that are being made and somebody invited to it; a draft.
void PlantedHouse::plant_applications() {
  const auto planted = submit("We study how models follow rules.");
  const std::string id = std::to_string(planted.application.id.value);
  places_["reference"] = planted.application.reference;
  places_["application"] = id;
  places_["link"] = planted.link;
  places_["number"] = "1";
  // Unread: looking at it is no reading.
  REQUIRE(house->database().write([&](db::Tx& tx) {
    return messages::write_to_staff(tx, desk(), planted.application.id.value, "When will you decide?", std::nullopt);
  }));
  post("/my/applications/" + id + "/people", "email=co%40example.org&relation=co_editor", applicant);
  forms::Answers answers;
  answers.set("first_name", std::string("Amina"));
  answers.set("email", std::string(kEmail));
  const auto draft = applications::start_draft(house->applications(), *house->programs().current(), "en", answers, {});
  REQUIRE(draft);
  places_["/draft/{link}"] = draft->link.text;
  places_["/my/applications/{application}/draft"] = std::to_string(draft->id.value);
}

// One told, one that leaves, one pending.
void PlantedHouse::plant_decisions() {
  const auto decide = [&](const std::string& reference) {
    const auto made = call(Method::post, "/applications/" + reference + "/decision",
                           {{"kind", "decline"}, {"criterion", "limited-funds"}, {"reason", "Too many plans."}});
    return json::object{{"decision", made.at("decision")}, {"version", made.at("version")}};
  };
  const auto told = submit("We study how models forget."), leaves = submit("We study how models count.");
  (void)call(Method::post, "/releases", {{"decisions", json::array{decide(told.application.reference)}}});
  while (decisions::run_releases({house->applications(), std::chrono::seconds(0)}, 10) > 0) {
  }
  const auto made = call(Method::post, "/releases", {{"decisions", json::array{decide(leaves.application.reference)}}});
  places_["release"] = text_of(made.at("release"));
  places_["/application/{link}/decision"] = told.link;
  places_["/my/applications/{application}/decision"] = std::to_string(told.application.id.value);
}

void PlantedHouse::plant_console() {
  const std::string reference = places_.at("reference");
  places_["note"] =
      text_of(call(Method::post, "/applications/" + reference + "/notes", {{"text", "Look closely."}}).at("note"));
  (void)call(Method::post, "/applications/" + reference + "/flags", {{"flag", "attention"}, {"reason", "It is odd."}});
  places_["flag"] = "attention";
  places_["/staff/views/{id}"] = places_["/api/v1/views/{id}"] =
      text_of(call(Method::post, "/views", {{"name", "New ones"}, {"query", "state:submitted"}}).at("id"));
  places_["/staff/bulk/{id}"] = places_["/api/v1/bulk/{id}"] =
      text_of(call(Method::post, "/bulk", {{"action", "assign"}, {"references", json::array{reference}}}).at("bulk"));
  const std::string webhook =
      post("/staff/webhooks", "url=https%3A%2F%2Fhooks.example.org%2Fx&kinds=application.submitted", staff);
  places_["webhook"] = webhook.substr(0, webhook.find('?')).substr(std::string("/staff/webhooks/").size());
  (void)call(Method::post, "/webhooks/" + places_.at("webhook") + "/trial");
  places_["delivery"] = text_of(
      call(Method::get, "/webhooks/" + places_.at("webhook") + "/deliveries").at("items").as_array().at(0).at("id"));
  places_["person"] = std::to_string(add_person("auditor@example.org", 4).value);
  places_["role"] = "auditor";
  places_["/api/v1/tokens/{token}"] = text_of(call(Method::get, "/tokens").at("items").as_array().at(0).at("id"));
  places_["version"] = house->programs().current()->form_version;
  places_["figure"] = "funnel";
}

// Whatever is opened by knowing an address.
void PlantedHouse::plant_links() {
  (void)call(Method::post, "/people/invitations", {{"email", "new@example.org"}, {"role", "coordinator"}});
  places_["invitation"] = text_of(call(Method::get, "/people").at("invitations").as_array().at(0).at("id"));
  post("/log-in", "email=amina%40example.org", applicant);
  REQUIRE(messages::choose_digest(desk(), maker_, "en", true));
  const std::string digest = messages::tell_desk_link(desk(), {"digest_stop", maker_.value}).value_or("");
  places_["/digest/{secret}"] = digest.substr(digest.rfind('/') + 1);
  const std::string code_app = post("/my/account/password", "", staff);
  places_["begun"] = code_app.substr(code_app.rfind('/') + 1);
  const std::string staff_link = accounts::make_staff_link(house->accounts(), std::chrono::minutes(5));
  places_["/staff/link/{secret}"] = staff_link.substr(staff_link.rfind('/') + 1);
  house->database().read([&](db::Tx& tx) {
    for (const db::Row row : tx.query(kMailed)) {
      places_["message"] = std::to_string(row.integer(0));
      const json::value placeholders = json::parse(row.text(1));
      for (const auto& [name, value] : placeholders.as_object()) {
        if (!value.is_object()) continue;
        const messages::PrivateLink link{text_of(value.at("opens")), value.at("id").as_int64()};
        auto told = accounts::tell_link(house->accounts(), link);
        if (!told) told = applications::tell_link(house->applications(), link);
        if (!told || !told->starts_with(kOrigin)) continue;
        const std::string path = told->substr(std::string(kOrigin).size());
        const std::size_t end = path.rfind('/');
        for (const char* known : {"/log-in/link/", "/staff/invitation/", "/together/"}) {
          if (path.substr(0, end + 1) == known) places_[std::string(known) + "{secret}"] = path.substr(end + 1);
        }
      }
    }
    return true;
  });
}

}  // namespace bursary::app
