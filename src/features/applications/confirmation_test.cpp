#include <doctest/doctest.h>

#include <fmt/format.h>

#include "features/applications/test_house.h"

using namespace bursary;
using namespace bursary::applications;

namespace {

struct Given {
  testing::SqliteForTest sqlite;
  House house;
  Site site{house};
  std::string path;
  explicit Given(const HouseOptions& options = {}) : house(*sqlite.database, options) {
    path = location_of(site.post("/apply", site.good_fields()));
    REQUIRE(path.starts_with("/application/"));
  }
};

std::string multipart(const Site::Fields& fields, const std::string& field, const std::string& name,
                      const std::string& type, const std::string& bytes) {
  std::string out;
  for (const auto& [key, value] : fields) {
    out += fmt::format("--b\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", key, value);
  }
  out += fmt::format(
      "--b\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n{}\r\n--b--\r\n",
      field, name, type, bytes);
  return out;
}

HouseOptions with_file_question() {
  return {.changes = {{"form.toml", "",
                       "\n[[section]]\nkey = \"papers\"\ntitle = \"Papers\"\n\n[[section.question]]\nkey = "
                       "\"paper\"\ntype = \"file\"\n"
                       "label = \"A paper\"\nfile_types = [\"pdf\", \"txt\"]\nmax_files = 2\n"}}};
}

}  // namespace

TEST_CASE("the receipt is downloaded, checked on its page, and a changed one is found out") {
  Given given;
  const web::Response file = given.site.get(given.path + "/receipt");
  CHECK(file.status == 200);
  CHECK(has(std::string(file.headers.find("Content-Disposition").value_or("")), "attachment"));
  const std::string receipt = body_of(file);
  const std::string good = body_of(given.site.post("/receipt", {{"receipt", receipt}}));
  CHECK(has(good, "This receipt holds"));
  CHECK(has(good, between(receipt, "\"reference\": \"", "\"")));

  std::string changed = receipt;
  changed.replace(changed.find("2026-03-02"), 10, "2026-03-01");
  const std::string bad = body_of(given.site.post("/receipt", {{"receipt", changed}}));
  CHECK(has(bad, "does not hold"));
  CHECK_FALSE(has(bad, "<h2>What it says</h2>"));
  CHECK(given.site.post("/receipt", {{"receipt", ""}}).status == 422);
  const std::string uploaded =
      body_of(given.site.post_body("/receipt", "multipart/form-data; boundary=b",
                                   multipart({{"receipt", ""}}, "file", "r.json", "application/json", receipt)));
  CHECK(has(uploaded, "This receipt holds"));

  const web::Response json = given.site.post_body("/receipt.json", "application/json", receipt, true);
  CHECK(has(body_of(json), "\"holds\":true"));
  CHECK(has(body_of(given.site.post_body("/receipt.json", "application/json", "{}", true)), "\"holds\":false"));
  const std::string with_answers = body_of(given.site.get(given.path + "/receipt?with=answers"));
  CHECK(has(body_of(given.site.post_body("/receipt.json", "application/json", with_answers, true)),
            "\"answers_match\":true"));
  CHECK(has(body_of(given.site.get("/.well-known/bursary-receipt-keys.json")), given.house.signing_key.id()));
}

TEST_CASE("an address is mended on the confirmation by whoever holds its link and token") {
  Given given;
  const std::string page = body_of(given.site.get(given.path));
  const std::string token = between(page, "name=\"_token\" value=\"", "\"");
  REQUIRE_FALSE(token.empty());
  CHECK(given.site.post(given.path, {{"_email", "eve@example.org"}, {"_action", "correct_email"}}).status == 403);
  CHECK(given.site.post(given.path, {{"_email", "nobody"}, {"_token", token}, {"_action", "correct_email"}}).status ==
        422);
  CHECK(given.house.count("message") == 1);
  const web::Response mended = given.site.post(
      given.path, {{"_email", "amina.otieno@example.org"}, {"_token", token}, {"_action", "correct_email"}});
  REQUIRE(mended.status == 303);
  CHECK(has(body_of(given.site.get(location_of(mended))), "sent the confirmation to amina.otieno@example.org"));
  CHECK(given.house.count("message where recipient = 'amina.otieno@example.org'") == 1);
}

TEST_CASE("the copy of the answers is a PDF of that application") {
  Given given;
  const web::Response pdf = given.site.get(given.path + "/answers.pdf");
  CHECK(pdf.status == 200);
  CHECK(pdf.headers.find("Content-Type") == "application/pdf");
  CHECK(body_of(pdf).starts_with("%PDF-1."));
  CHECK(body_of(given.site.get(given.path + "/answers.pdf")) == body_of(pdf));
  CHECK(given.site.get("/application/nobody/answers.pdf").status == 404);
}

TEST_CASE("a file is kept with the draft, submitted with it, and only its own link fetches it") {
  Given given(with_file_question());
  const std::string text = "A paper about models.\n";
  auto fields = given.site.good_fields("file@example.org");
  fields.emplace_back("_action", "save");
  const web::Response saved = given.site.post_body("/apply", "multipart/form-data; boundary=b",
                                                   multipart(fields, "paper", "paper.txt", "text/plain", text));
  REQUIRE(saved.status == 303);
  const std::string draft = location_of(saved).substr(0, location_of(saved).rfind('/'));
  const std::string page = body_of(given.site.get(draft));
  const std::string href = between(page, "href=\"" + draft + "/file/", "\"");
  REQUIRE_FALSE(href.empty());
  const web::Response file = given.site.get(draft + "/file/" + href);
  CHECK(body_of(file) == text);
  CHECK(has(std::string(file.headers.find("Content-Disposition").value_or("")), "attachment"));
  CHECK(has(std::string(file.headers.find("Content-Security-Policy").value_or("")), "sandbox"));
  CHECK(given.site.get(given.path + "/file/" + href).status == 404);  // another application's link

  const std::string token = between(page, "name=\"_token\" value=\"", "\"");
  put(fields, "_action", "submit");
  put(fields, "_token", token);
  put(fields, "_version", "1");
  const web::Response posted = given.site.post(draft, fields);
  REQUIRE(posted.status == 303);
  CHECK(body_of(given.site.get(location_of(posted) + "/file/" + href)) == text);
  CHECK(given.house.count("file") == 1);
}

TEST_CASE("a file is refused by its content, and one that was taken is not lost to another's mistake") {
  Given given(with_file_question());
  auto fields = given.site.good_fields("file@example.org");
  const web::Response wrong =
      given.site.post_body("/apply", "multipart/form-data; boundary=b",
                           multipart(fields, "paper", "paper.pdf", "application/pdf", "MZ no pdf"));
  CHECK(wrong.status == 422);
  CHECK(has(body_of(wrong), "href=\"#paper\""));
  CHECK(given.house.count("file") == 0);
  CHECK(given.house.count("application") == 1);

  put(fields, "budget", "");
  const web::Response kept =
      given.site.post_body("/apply", "multipart/form-data; boundary=b",
                           multipart(fields, "paper", "paper.txt", "text/plain", "words enough"));
  CHECK(kept.status == 422);
  CHECK(has(body_of(kept), "action=\"/draft/"));
  CHECK(has(body_of(kept), "paper.txt"));
  CHECK(given.house.count("file") == 1);
}
