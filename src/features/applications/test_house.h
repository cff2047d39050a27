// A whole program on a fresh database, for the tests of this folder alone.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "features/applications/applications.h"
#include "features/defence/defence.h"
#include "tests/support/databases.h"
#include "web/pipeline.h"

namespace bursary::applications {

struct HouseOptions {
  // Replacements in the default program's files: file, text, what stands there instead. Each must be found.
  struct Change {
    std::string file, from, to;
  };
  std::vector<Change> changes;
  defence::Settings defence = calm();
  static defence::Settings calm();  // no proof asked of anybody
};

struct House {
  explicit House(db::Database& opened, const HouseOptions& options = {});

  FakeClock clock;
  SystemRandom random;
  IdSource ids;
  std::unique_ptr<testing::TempFolder> folder;
  std::unique_ptr<programs::Programs> programs;
  FormVersions versions;
  SigningKey signing_key;
  defence::Defence defence;
  Parts parts;
  db::Database& database;

  std::shared_ptr<const programs::Program> program() const { return programs->current(); }
  // Answers that may be submitted; `email` tells one application from another.
  forms::Answers good_answers(const std::string& email = "amina@example.org") const;
  SubmitRequest good_request(const std::string& email = "amina@example.org") const;
  // Rows of a table, by a query that counts.
  std::int64_t count(const char* table);
};

// The house behind its routes, as a browser meets it.
struct Site {
  explicit Site(House& house);
  House& house;
  web::Router router;
  std::unique_ptr<web::Sessions> sessions;
  std::unique_ptr<web::Pipeline> pipeline;

  using Fields = std::vector<std::pair<std::string, std::string>>;
  web::Response get(const std::string& path_and_query, const std::string& language = "en") const;
  web::Response post(const std::string& path, const Fields& fields, bool json = false) const;
  web::Response post_body(const std::string& path, const std::string& media_type, const std::string& body,
                          bool json = false) const;
  // The fields of a form that may be submitted.
  Fields good_fields(const std::string& email = "amina@example.org") const;
};
void put(Site::Fields& fields, const std::string& name, const std::string& value);
std::string body_of(const web::Response& response);
inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
std::string location_of(const web::Response& response);
// What stands between `before` and `after`; empty when it is not there.
std::string between(const std::string& text, const std::string& before, const std::string& after);

}  // namespace bursary::applications
